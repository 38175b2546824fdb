import { stringify } from 'yaml';
import { phrasesSchema, type PhraseSource } from '../knowledge/format.ts';
import { readYaml } from '../knowledge/yaml-file.ts';
import type { CellStart, Format, Rows } from './kept-file.ts';
import { cutYaml } from './yaml-entries.ts';

/** Further wordings of a phrase are further rows with its key. */
export const PHRASE_COLUMNS = ['key', 'zh', 'en'] as const;

function rowsOf(key: string, { zh, en = [] }: PhraseSource): Rows {
  return Array.from({ length: Math.max(zh.length, en.length) }, (_, n) => [key, zh[n] ?? '', en[n] ?? '']);
}

/** A file of phrases. */
export const phraseYaml: Format = {
  read(file, report) {
    const located = readYaml(file, phrasesSchema, report);
    if (located === null) return null;
    const cut = cutYaml(file.text);
    const entries = Object.entries(located.value).map(([key, phrase], index) => {
      const rows = rowsOf(key, phrase);
      const starts: CellStart[] = [{ ...located.keyAt([key]), row: 0, cell: 0 }];
      for (const [cell, language] of [[1, 'zh'] as const, [2, 'en'] as const])
        for (const row of (phrase[language] ?? []).keys())
          starts.push({ ...located.at([key, language, row]), row, cell });
      const piece = cut?.pieces[index];
      return { rows, lead: piece?.lead ?? '', body: piece?.body ?? phraseYaml.render(rows, null), starts };
    });
    return { head: cut?.head ?? '', entries };
  },
  render(rows) {
    const [[key = ''] = []] = rows;
    const words = (cell: number): string[] => rows.flatMap((row) => (row[cell] ? [row[cell]] : []));
    const [zh, en] = [words(1), words(2)];
    return stringify({ [key]: en.length > 0 ? { zh, en } : { zh } }, { lineWidth: 0 });
  },
};
