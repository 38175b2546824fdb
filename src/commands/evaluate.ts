import { readFile } from 'node:fs/promises';
import { messageOf, UsageError } from '../core/errors.ts';
import { createFaqSearch, type Searchable } from '../knowledge/faq-search.ts';
import {
  accuracyOf,
  aurocOf,
  bestThreshold,
  calibrationErrorOf,
  macroF1Of,
  operatingPointAt,
  retrievalOf,
  type Tried,
} from '../understanding/figures.ts';
import { learn } from '../understanding/learn.ts';
import { normalise } from '../understanding/normalise.ts';
import { createRecogniser } from '../understanding/recogniser.ts';

type Line = readonly [text: string, label: string];
type Figures = Record<string, unknown>;

const LENGTH = 2000;
/** Labels that mean: no intent at all. */
const OUTSIDE: ReadonlySet<string> = new Set(['oos', 'out-of-scope', 'out_of_scope']);
/** How deep a right answer of the FAQ is looked for. */
const DEEPEST = 10;

/**
 * `evaluate`: trains the product's own recogniser, or fills its own FAQ search, with lines of `text TAB label`, and tells
 * how well it does on others. Lines of `--train` labelled `oos` are its chatter. `--dev` with `--oos-dev` chooses the threshold.
 */
export async function evaluate(options: Readonly<Record<string, unknown>>): Promise<number> {
  const file = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [train, test, faq, queries] = [file('train'), file('test'), file('faq'), file('queries')];
  if (
    (train === undefined) !== (test === undefined) ||
    (faq === undefined) !== (queries === undefined) ||
    (train ?? faq) === undefined
  ) {
    throw new UsageError(
      '要么 --train 和 --test，要么 --faq 和 --queries (give --train with --test, or --faq with --queries, or both)',
    );
  }
  const figures: Figures = {};
  if (train !== undefined && test !== undefined) {
    const optional = async (name: string): Promise<readonly Line[]> => {
      const path = file(name);
      return path === undefined ? [] : linesOf(path);
    };
    const [dev, oosDev, oosTest] = [await optional('dev'), await optional('oosDev'), await optional('oosTest')];
    Object.assign(figures, recognition(await linesOf(train), await linesOf(test), dev, oosDev, oosTest));
  }
  if (faq !== undefined && queries !== undefined) {
    const similar = file('similar');
    figures['faq'] = retrieval(
      await linesOf(faq),
      similar === undefined ? [] : await linesOf(similar),
      await linesOf(queries),
    );
  }
  figures['peak_memory_mb'] = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(options['json'] === true ? `${JSON.stringify(figures)}\n` : shown(figures));
  return 0;
}

/** The lines of a TSV file; blank ones are skipped. */
async function linesOf(path: string): Promise<readonly Line[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`读不了 ${path} (cannot read it: ${messageOf(error)})`);
  }
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index): Line | null => {
      if (line.trim() === '') return null;
      const tab = line.lastIndexOf('\t');
      if (tab < 0) throw new UsageError(`${path}:${index + 1}: 应为 文字 TAB 标签 (expected text TAB label)`);
      return [line.slice(0, tab), line.slice(tab + 1).trim()];
    })
    .filter((line) => line !== null);
  if (lines.length === 0) throw new UsageError(`${path} 里没有内容 (has no lines)`);
  return lines;
}

function recognition(
  train: readonly Line[],
  test: readonly Line[],
  dev: readonly Line[],
  oosDev: readonly Line[],
  oosTest: readonly Line[],
): Figures {
  const read = (text: string): string => normalise(text, LENGTH).text;
  const started = performance.now();
  const examples = new Map<string, string[]>();
  const chatter: string[] = [];
  for (const [text, label] of train) {
    if (OUTSIDE.has(label)) chatter.push(read(text));
    else if (!examples.get(label)?.push(read(text))) examples.set(label, [read(text)]);
  }
  const { recognise, floor } = createRecogniser(learn(examples, chatter, false));
  const seconds = (performance.now() - started) / 1000;

  const times: number[] = [];
  const attempt = ([text, label]: Line): Tried => {
    const before = performance.now();
    const guess = recognise(read(text))[0];
    times.push(performance.now() - before);
    return {
      label: OUTSIDE.has(label) ? null : label,
      intent: guess?.intent ?? null,
      confidence: guess?.confidence ?? 0,
    };
  };
  const tested = test.map(attempt);
  const inside = tested.filter(({ label }) => label !== null);
  const outside = [...tested.filter(({ label }) => label === null), ...oosTest.map(([text]) => attempt([text, 'oos']))];
  const devInside = dev.map(attempt).filter(({ label }) => label !== null);
  const devOutside = oosDev.map(([text]) => attempt([text, 'oos']));
  const threshold = devInside.length > 0 && devOutside.length > 0 ? bestThreshold(devInside, devOutside) : floor;
  return {
    examples: train.length,
    intents: examples.size,
    accuracy: rounded(accuracyOf(inside)),
    macro_f1: rounded(macroF1Of(inside)),
    calibration_error: rounded(calibrationErrorOf(inside)),
    ...(dev.length > 0 ? { dev_accuracy: rounded(accuracyOf(devInside)) } : {}),
    ...(devOutside.length > 0 && devInside.length > 0 ? { dev_oos_auroc: rounded(auroc(devInside, devOutside)) } : {}),
    ...(outside.length > 0
      ? {
          oos_auroc: rounded(auroc(inside, outside)),
          operating_point: roundedAll(operatingPointAt(threshold, inside, outside)),
        }
      : {}),
    train_seconds: rounded(seconds),
    ...timing(times),
  };
}

function auroc(inside: readonly Tried[], outside: readonly Tried[]): number {
  return aurocOf(
    inside.map(({ confidence }) => confidence),
    outside.map(({ confidence }) => confidence),
  );
}

/** `faq`: one wording an answer, named by its label; `similar`: further wordings of the same answers. */
function retrieval(faq: readonly Line[], similar: readonly Line[], queries: readonly Line[]): Figures {
  const started = performance.now();
  const wordings = Map.groupBy([...faq, ...similar], ([, id]) => id);
  const entries = [...wordings].map(([id, [first, ...others]]): Searchable => ({
    id,
    question: first?.[0] ?? '',
    similar: others.map(([text]) => text),
    answer: '',
  }));
  const search = createFaqSearch(entries);
  const seconds = (performance.now() - started) / 1000;
  const at = new Date();
  const times: number[] = [];
  const places = queries.map(([text, id]) => {
    const before = performance.now();
    const hits = search(normalise(text, LENGTH).text, at, DEEPEST);
    times.push(performance.now() - before);
    const index = hits.findIndex(({ entry }) => entry.id === id || entry.question === id);
    return index < 0 ? null : index + 1;
  });
  return {
    entries: entries.length,
    wordings: faq.length + similar.length,
    ...roundedAll(retrievalOf(places)),
    load_seconds: rounded(seconds),
    ...timing(times),
  };
}

function timing(times: readonly number[]): { mean_ms: number; p95_ms: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    mean_ms: rounded(times.reduce((sum, time) => sum + time, 0) / times.length),
    p95_ms: rounded(sorted[Math.floor(sorted.length * 0.95)] ?? 0),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

function roundedAll<T extends object>(figures: T): T {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : value]),
  ) as T;
}

function shown(figures: object, indent = ''): string {
  return Object.entries(figures)
    .map(([name, value]) =>
      typeof value === 'object' && value !== null
        ? `${indent}${name}\n${shown(value as object, `${indent}  `)}`
        : `${indent}${name.padEnd(24 - indent.length)}${String(value)}\n`,
    )
    .join('');
}
