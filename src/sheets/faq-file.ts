import { stringify } from 'yaml';
import { readFaqMarkdown } from '../knowledge/faq-markdown.ts';
import { faqSchema, type FaqSource } from '../knowledge/format.ts';
import type { Located } from '../knowledge/located.ts';
import { readYaml } from '../knowledge/yaml-file.ts';
import type { CellStart, Format } from './kept-file.ts';
import { cutYaml } from './yaml-entries.ts';

/** `similar` holds one wording a line. */
export const FAQ_COLUMNS = [
  'question',
  'similar',
  'answer',
  'answer_en',
  'valid_from',
  'valid_until',
  'owner',
] as const;

function rowOf(entry: FaqSource): readonly string[] {
  return FAQ_COLUMNS.map((column) =>
    column === 'similar' ? entry.similar.map((one) => one.replaceAll('\n', ' ')).join('\n') : (entry[column] ?? ''),
  );
}

function startsOf(file: Located<FaqSource[]>, index: number): CellStart[] {
  const entry = file.value[index];
  return FAQ_COLUMNS.flatMap((column, cell): CellStart[] => {
    if (entry === undefined || (cell > 0 && (entry[column]?.length ?? 0) === 0)) return [];
    return [{ ...file.at([index, column]), row: 0, cell }];
  });
}

/** FAQ as a YAML list. */
export const faqYaml: Format = {
  read(file, report) {
    const located = readYaml(file, faqSchema, report);
    if (located === null) return null;
    const cut = cutYaml(file.text);
    const entries = located.value.map((entry, index) => ({
      rows: [rowOf(entry)],
      lead: cut?.pieces[index]?.lead ?? '',
      body: cut?.pieces[index]?.body ?? faqYaml.render([rowOf(entry)], null),
      starts: startsOf(located, index),
    }));
    return { head: cut?.head ?? '', entries };
  },
  render([row = []]) {
    const [question = '', similar = '', ...others] = row;
    const wordings = linesOf(similar);
    const rest = Object.fromEntries(
      FAQ_COLUMNS.slice(2).flatMap((column, index) => (others[index] ? [[column, others[index]]] : [])),
    );
    return stringify([{ question, ...(wordings.length > 0 ? { similar: wordings } : {}), ...rest }], { lineWidth: 0 });
  },
};

/** FAQ as Markdown. Owner and days of validity are the front matter's, the same for all. */
export const faqMarkdown: Format = {
  read(file, report) {
    const located = readFaqMarkdown(file, report);
    if (located === null) return null;
    const lines = file.text.split(/(?<=\n)/);
    const from = located.value.map((_, index) => located.at([index]).line - 1);
    return {
      head: lines.slice(0, from[0]).join(''),
      entries: located.value.map((entry, index) => ({
        rows: [rowOf(entry)],
        lead: '',
        body: lines.slice(from[index], from[index + 1]).join(''),
        starts: startsOf(located, index),
      })),
    };
  },
  render([row = []]) {
    const [question = '', similar = '', answer = '', english = ''] = row;
    const wordings = linesOf(similar).map((one) => `> ${one}\n`);
    const translation = english === '' ? '' : `\n### English\n${english.trim()}\n`;
    return `## ${question.trim()}\n${wordings.join('')}\n${answer.trim()}\n${translation}\n`;
  },
};

function linesOf(cell: string): string[] {
  return cell.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}
