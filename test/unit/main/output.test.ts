import { describe, expect, it } from 'vitest';
import { table } from '#src/main/commands/output.ts';

describe('a table', () => {
  it('stands in columns whether accents are one character or two, with numbers at the right', () => {
    const rows = [
      ['Khu Bảy'.normalize('NFD'), '7', 'a'],
      ['Khu', '10', 'b'],
    ];
    expect(table(rows).map((row) => row.normalize('NFC'))).toEqual(['Khu Bảy   7  a', 'Khu      10  b']);
  });

  it('has no spaces at the end of a line, and may be empty', () => {
    expect(
      table([
        ['a', ''],
        ['long', 'b'],
      ]),
    ).toEqual(['a', 'long  b']);
    expect(table([])).toEqual([]);
  });
});
