import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import type { Texts } from '#src/app/ports/services.ts';

export type Language = 'vi' | 'en';

const FOLDER = join(import.meta.dirname, '../../locales');

function readLanguage(language: Language): Record<string, object> {
  const folder = join(FOLDER, language);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [
        name.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(folder, name), 'utf8')) as object,
      ]),
  );
}

/**
 * Texts of `locales/<language>/<namespace>.json` under `namespace.path.to.key`. Throws on an unknown key: a person must
 * never see one.
 */
export async function loadTexts(language: Language): Promise<Texts> {
  const resources = readLanguage(language);
  const i18n = createInstance();
  await i18n.init({
    lng: language,
    fallbackLng: false,
    ns: Object.keys(resources),
    resources: { [language]: resources },
    interpolation: { escapeValue: false },
    nsSeparator: '.',
    returnNull: false,
  });
  const has = (key: string): boolean => {
    const at = key.indexOf('.');
    return i18n.exists(key.slice(at + 1), { ns: key.slice(0, at), nsSeparator: false });
  };
  return {
    has,
    render({ key, params }) {
      const at = key.indexOf('.');
      if (!has(key)) throw new Error(`locales have no text ${key}`);
      return i18n.t(key.slice(at + 1), { ...params, ns: key.slice(0, at), nsSeparator: false });
    },
  };
}
