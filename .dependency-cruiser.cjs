// Who may import whom. Imports go one way: domain ← app ← the adapters ← main. `npm run check` holds the tree to this
// and test/architecture/imports.test.ts proves that each rule bites.

/** Validation and pictures belong to no single room; domain and app have neither. */
const COMMON = ['zod', 'sharp'];

/** An adapter sees the ports it fulfils, the domain's types and itself; of npm only the library it wraps. */
const adapter = (...npm) => ({
  rooms: ['src/app/ports', 'src/domain'],
  npm: [...COMMON, ...npm],
  core: true,
});

const ROOMS = {
  'src/domain': { rooms: [], npm: [], core: false },
  'src/app': { rooms: ['src/domain'], npm: [], core: false },
  'src/channels/telegram': adapter('telegraf', 'undici'),
  'src/channels/zalo': adapter('undici'),
  'src/channels/loudspeaker': adapter(),
  'src/channels/relay': adapter(),
  'src/store': adapter('mongoose'),
  'src/queue': adapter('bullmq', 'ioredis'),
  'src/plan': adapter('yaml'),
  'src/calendar': adapter('date-holidays', 'luxon', 'rrule-temporal'),
  'src/i18n': adapter('i18next'),
  'src/images': adapter(),
  'src/documents': adapter('mammoth', 'file-type', 'yauzl'),
  'src/search': adapter('minisearch'),
  'src/http': adapter('fastify'),
  'src/observe': adapter('pino', 'prom-client'),
  'src/reports': adapter('luxon', '@napi-rs/canvas', 'docx'),
  'src/config': { rooms: [], npm: COMMON, core: true },
  jobs: {
    rooms: ['src/app', 'src/domain', 'src/queue/define-job.ts', 'src/queue/job-ports.ts'],
    npm: COMMON,
    core: true,
  },
  'src/main': { rooms: ['src', 'jobs'], npm: [...COMMON, 'commander', 'csv-parse'], core: true },
};

const ENTRY_POINTS = '^src/main/(main|bot|worker|loa)\\.ts$';

const NPM_KINDS = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

const escaped = (text) => text.replaceAll('.', '\\.');
const anyOf = (paths) => `^(${paths.map(escaped).join('|')})(/|$)`;
const packages = (names) => `(^|/)node_modules/(${names.join('|')})/`;
const label = (room) => room.replace(/^src\//u, '').replaceAll('/', '-');

function rulesOf([room, { rooms, npm, core }]) {
  const from = { path: anyOf([room]) };
  const rule = (what, to) => ({ name: `${label(room)}-${what}`, severity: 'error', from, to });
  return [
    rule('stays-in-its-room', { path: '^(src|jobs)/', pathNot: anyOf([room, ...rooms]) }),
    rule('uses-only-its-library', {
      dependencyTypes: NPM_KINDS,
      ...(npm.length > 0 ? { pathNot: packages(npm) } : {}),
    }),
    ...(core ? [] : [rule('knows-no-node', { dependencyTypes: ['core'] })]),
  ];
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(ROOMS).flatMap(rulesOf),
    {
      name: 'every-room-has-a-rule',
      comment: 'A folder that the table above does not name would be free of rules.',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf(Object.keys(ROOMS)) },
      to: {},
    },
    {
      name: 'shipped-code-knows-no-dev-or-test',
      severity: 'error',
      from: { path: '^(src|jobs)/' },
      to: { path: '^(dev|test)/' },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan',
      severity: 'error',
      from: { orphan: true, path: '^(src|jobs)/', pathNot: ENTRY_POINTS },
      to: {},
    },
    {
      name: 'every-import-resolves',
      comment: 'What does not resolve has no path, so that no rule above could see it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports count: a type is a dependency too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
    },
  },
};
