import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCache, diskCache, type Cache, type CacheLimits } from '../../src/knowledge/cache.ts';
import { indexFaq, isFaqIndex } from '../../src/knowledge/faq-index.ts';
import { createRecogniser } from '../../src/understanding/recogniser.ts';
import { isLearned } from '../../src/understanding/sound.ts';
import { learnExamples } from '../../src/understanding/understand.ts';
import { examples, options } from '../understanding/freight.ts';

const LIMITS: CacheLimits = { files: 3, bytes: 1_000_000, worthMs: 0 };
const isText = (value: unknown): value is string => typeof value === 'string';

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'cache-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Whether a cache gives what it kept, or has to make it. */
function makes(cache: Cache, key: string, value = `${key} made`): boolean {
  let made = false;
  const given = cache.recall('text', key, isText, () => {
    made = true;
    return value;
  });
  expect(given).toBe(value);
  return made;
}

describe('the cache', () => {
  it('gives to the next program what was made, under its own key', async () => {
    const root = await folder();
    expect(makes(createCache(root, LIMITS), 'a')).toBe(true);
    expect(makes(createCache(root, LIMITS), 'a')).toBe(false);
    expect(makes(createCache(root, LIMITS), 'b')).toBe(true);
  });

  it('does not keep what is made at once', async () => {
    const cache = createCache(await folder(), { ...LIMITS, worthMs: 10_000 });
    expect([makes(cache, 'a'), makes(cache, 'a')]).toEqual([true, true]);
  });

  it('makes anew what was cut off or changed, wherever, and mends the file', async () => {
    const root = await folder();
    makes(createCache(root, LIMITS), 'a');
    const [name = ''] = await readdir(root);
    const whole = await readFile(path.join(root, name));
    for (let at = 0; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      for (const broken of [changed, whole.subarray(0, at)]) {
        await writeFile(path.join(root, name), broken);
        expect(makes(createCache(root, LIMITS), 'a')).toBe(true);
        expect(makes(createCache(root, LIMITS), 'a')).toBe(false);
      }
    }
  });

  it('does not trust a whole file under another name, nor a value of another kind', async () => {
    const root = await folder();
    const cache = createCache(root, LIMITS);
    makes(cache, 'a');
    const [first = ''] = await readdir(root);
    makes(cache, 'b');
    const second = (await readdir(root)).find((name) => name !== first) ?? '';
    await rename(path.join(root, first), path.join(root, second));
    expect(makes(cache, 'b')).toBe(true);
    const number = (value: unknown): value is number => typeof value === 'number';
    expect(cache.recall('text', 'b', number, () => 7)).toBe(7);
  });

  it('keeps no more files than it may, those used last, and clears away what was never finished', async () => {
    const root = await folder();
    const cache = createCache(root, LIMITS);
    for (const [n, key] of ['a', 'b', 'c'].entries()) {
      const before = new Set(await readdir(root));
      makes(cache, key);
      const made = (await readdir(root)).find((name) => !before.has(name)) ?? '';
      await utimes(path.join(root, made), 1000 + n, 1000 + n);
    }
    await writeFile(path.join(root, 'text-x.tmp'), 'half');
    await utimes(path.join(root, 'text-x.tmp'), 1000, 1000);
    expect(makes(cache, 'a')).toBe(false);
    makes(cache, 'd');
    expect(await readdir(root)).toHaveLength(3);
    expect([makes(cache, 'a'), makes(cache, 'c'), makes(cache, 'd')]).toEqual([false, false, false]);
    expect(makes(createCache(root, { ...LIMITS, bytes: 1 }), 'e')).toBe(true);
    expect(await readdir(root)).toEqual([]);
  });

  it('serves several programs that write the same files at once', async () => {
    const root = await folder();
    const source = `
      const { createCache } = await import(${JSON.stringify(path.resolve('src/knowledge/cache.ts'))});
      const cache = createCache(${JSON.stringify(root)}, { files: 2, bytes: 1e9, worthMs: 0 });
      const isText = (value) => typeof value === 'string';
      for (let n = 0; n < 150; n++) {
        const key = String(n % 4);
        const value = cache.recall('text', key, isText, () => key.repeat(50_000));
        if (value !== key.repeat(50_000)) process.exit(1);
      }`;
    const codes = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise((resolve) =>
            spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'inherit' }).on('exit', resolve),
          ),
      ),
    );
    expect(codes).toEqual([0, 0, 0]);
  });

  it('goes where it may write, and does without where it may not', async () => {
    const root = await folder();
    await writeFile(path.join(root, 'file'), '');
    const cache = diskCache({ XDG_CACHE_HOME: path.join(root, 'file') });
    expect(makes(cache, 'a')).toBe(true);
    expect(makes(createCache(path.join(root, 'file', 'sub'), LIMITS), 'a')).toBe(true);
  });
});

describe('what was learned', () => {
  const learned = learnExamples(options);

  it('is the same, bit for bit, from the cache and from another thread', async () => {
    const root = await folder();
    createCache(root, LIMITS).recall('learned', 'k', isLearned, () => learned);
    const kept = createCache(root, LIMITS).recall('learned', 'k', isLearned, () => {
      throw new Error('not kept');
    });
    for (const other of [kept, structuredClone(learned)]) {
      expect(other).toEqual(learned);
      const [one, two] = [createRecogniser(learned), createRecogniser(other)];
      for (const text of [...examples.values()].flat()) expect(two.explain(text)).toEqual(one.explain(text));
    }
  });

  it('is known from anything else', () => {
    expect(isLearned(learned)).toBe(true);
    if (learned === null) throw new Error('nothing was learned');
    const { model } = learned;
    const wrong: unknown[] = [
      undefined,
      'learned',
      {},
      { ...learned, intents: [1] },
      { ...learned, trust: learned.trust.slice(1) },
      { ...learned, features: learned.features.slice(1) },
      { ...learned, model: null },
      { ...learned, model: { ...model, classes: model.classes + 2 } },
      { ...learned, model: { ...model, weights: model.weights.slice(1) } },
      { ...learned, model: { ...model, labels: model.labels.map(() => 99) } },
      { ...learned, model: { ...model, space: { ...model.space, counts: model.space.counts.map(() => -1) } } },
      {
        ...learned,
        model: { ...model, postings: { ...model.postings, examples: model.postings.examples.map(() => 1e6) } },
      },
      { ...learned, model: { ...model, postings: { ...model.postings, starts: model.postings.starts.toReversed() } } },
    ];
    expect(wrong.filter(isLearned)).toEqual([]);
  });

  it('of the FAQ is known from anything else', () => {
    const index = indexFaq([{ question: '怎么寄件', similar: ['如何发货'], answer: '寄件打电话' }]);
    expect(isFaqIndex(structuredClone(index))).toBe(true);
    const { answers } = index;
    const wrong: unknown[] = [
      null,
      {},
      { ...index, features: [] },
      { ...index, entries: Int32Array.of(0, 7) },
      { ...index, weights: index.weights.slice(1) },
      { ...index, answers: { ...answers, numbers: answers.numbers.map(() => -1) } },
      { ...index, answers: { ...answers, starts: Int32Array.of(0, 99) } },
    ];
    expect(wrong.filter(isFaqIndex)).toEqual([]);
  });
});
