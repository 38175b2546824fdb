/**
 * Our recogniser beside others on the same lines of `text TAB label`, in one run:
 * `node bench/understanding.ts TRAIN TEST [zh|en]`. Training lines are shuffled from a fixed seed for all: nlp.js depends on their order.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import MiniSearch from 'minisearch';
import { readArguments } from './arguments.ts';
import { learn } from '../src/understanding/learn.ts';
import { normalise } from '../src/understanding/normalise.ts';
import { createRecogniser } from '../src/understanding/recogniser.ts';
import { sequence } from '../src/understanding/sequence.ts';

type Line = readonly [text: string, label: string];
type Classify = (text: string) => string | undefined | Promise<string | undefined>;
interface Contestant {
  readonly name: string;
  readonly train: (lines: readonly Line[]) => Classify | Promise<Classify>;
}

/** What we use of the module; its own types leave most of it open. */
interface FastTextModule {
  readonly FastText: new () => {
    train(args: object, progress: () => void): void;
    predict(text: string, count: number, least: number): { size(): number; get(i: number): [number, string] };
  };
  readonly Args: new () => object;
  readonly ModelName: { readonly supervised: unknown };
  readonly LossName: { readonly softmax: unknown };
  readonly FS: { writeFile(path: string, text: string): void };
}
interface FastTextPackage {
  readonly getFastTextModule: () => Promise<FastTextModule>;
}
const LABEL = '__label__';

const require = createRequire(import.meta.url);
const { positionals } = readArguments(import.meta.filename, { allowPositionals: true });
const [trainFile, testFile, language = 'zh'] = positionals;
if (trainFile === undefined || testFile === undefined) {
  process.stderr.write('usage: node bench/understanding.ts TRAIN TEST [zh|en]\n');
  process.exit(2);
}

const contestants: readonly Contestant[] = [
  {
    name: 'yingsheng',
    train(lines) {
      const read = (text: string): string => normalise(text, 2000).text;
      const examples = new Map(
        [...Map.groupBy(lines, ([, label]) => label)].map(([label, own]) => [label, own.map(([text]) => read(text))]),
      );
      const { recognise } = createRecogniser(learn(examples, [], false));
      return (text) => recognise(read(text))[0]?.intent;
    },
  },
  {
    name: 'minisearch, bigrams',
    train(lines) {
      const index = new MiniSearch<{ id: number; text: string }>({
        fields: ['text'],
        tokenize: pieces,
        processTerm: (term) => term,
      });
      index.addAll(lines.map(([text], id) => ({ id, text })));
      return (text) => lines[index.search(text)[0]?.id as number]?.[1];
    },
  },
  {
    name: 'fastText (wasm)',
    async train(lines) {
      const { getFastTextModule } = (await import('fasttext.wasm.js')) as FastTextPackage;
      const { FastText, Args, ModelName, LossName, FS } = await getFastTextModule();
      const words = (text: string): string => (language === 'zh' ? [...text].join(' ') : text.toLowerCase());
      FS.writeFile('train', lines.map(([text, label]) => `${LABEL}${label} ${words(text)}\n`).join(''));
      const args = Object.assign(new Args(), {
        ...{ input: 'train', output: 'model', model: ModelName.supervised, loss: LossName.softmax },
        // Few lines take more rounds.
        ...{
          lr: 0.5,
          epoch: lines.length < 2000 ? 50 : 25,
          wordNgrams: 2,
          minCount: 1,
          dim: 100,
          bucket: 200_000,
          thread: 1,
        },
      });
      const model = new FastText();
      model.train(args, () => undefined);
      return (text) => {
        const found = model.predict(`${words(text)}\n`, 1, 0);
        return found.size() > 0 ? found.get(0)[1].slice(LABEL.length) : undefined;
      };
    },
  },
  {
    name: 'natural, naive Bayes',
    train(lines) {
      const { BayesClassifier } = require('natural') as {
        BayesClassifier: new () => {
          addDocument(words: string[], label: string): void;
          train(): void;
          classify(words: string[]): string;
        };
      };
      const classifier = new BayesClassifier();
      for (const [text, label] of lines) classifier.addDocument(pieces(text), label);
      classifier.train();
      return (text) => classifier.classify(pieces(text));
    },
  },
  {
    name: 'nlp.js',
    async train(lines) {
      const { NlpManager } = require('node-nlp') as {
        NlpManager: new (options: object) => {
          addDocument(language: string, text: string, label: string): void;
          train(): Promise<void>;
          process(language: string, text: string): Promise<{ intent?: string }>;
        };
      };
      const manager = new NlpManager({ languages: [language], autoSave: false, nlu: { log: false }, forceNER: false });
      for (const [text, label] of lines) manager.addDocument(language, text, label);
      await manager.train();
      return async (text) => (await manager.process(language, text)).intent;
    },
  },
];

/** Characters in pairs, Latin words whole: what others are given where they cannot cut Chinese themselves. */
function pieces(text: string): string[] {
  return [...text.toLowerCase().matchAll(/[a-z0-9']+|\p{Script=Han}+/gu)].flatMap(([run]) =>
    /\p{Script=Han}/u.test(run)
      ? [...run].flatMap((char, i, all) => (i > 0 ? [char, `${all[i - 1]}${char}`] : [char]))
      : [run],
  );
}

function linesOf(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t') as [string, string]);
}

function shuffled(lines: readonly Line[]): Line[] {
  const random = sequence(1);
  return lines
    .map((line) => ({ line, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
}

const train = shuffled(linesOf(trainFile));
const test = linesOf(testFile);
process.stdout.write(`${train.length} lines to train on, ${test.length} to test\n`);
process.stdout.write('recogniser              accuracy  train s  mean ms   p95 ms   (times of ours)\n');
let ours: { seconds: number; mean: number } | null = null;
for (const { name, train: learn } of contestants) {
  const started = performance.now();
  const classify = await learn(train);
  const seconds = (performance.now() - started) / 1000;
  const times: number[] = [];
  let right = 0;
  for (const [text, label] of test) {
    const before = performance.now();
    if ((await classify(text)) === label) right += 1;
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  ours ??= { seconds, mean };
  const figures = [
    `${((100 * right) / test.length).toFixed(2)} %`,
    seconds.toFixed(1),
    mean.toFixed(3),
    (times[Math.floor(times.length * 0.95)] ?? 0).toFixed(3),
  ];
  process.stdout.write(
    `${name.padEnd(24)}${figures.map((figure) => figure.padEnd(9)).join('')}(train ${(seconds / ours.seconds).toFixed(1)}x, answer ${(mean / ours.mean).toFixed(1)}x)\n`,
  );
}
