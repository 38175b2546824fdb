import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCache, noCache } from '../../src/knowledge/cache.ts';
import { loadKnowledge, type LoadResult } from '../../src/knowledge/load.ts';
import { createLoader, type Loader, type LoaderOptions } from '../../src/knowledge/loader.ts';
import { createProgress, type Stage } from '../../src/knowledge/stage.ts';
import { MINIMAL, NOON, put, writeDesk } from './desk-fixture.ts';

const TRADES = '运单发票合同保险木箱托盘冷链茶叶灯具瓷砖家具电机面料玻璃药材种子书籍仓库车辆司机'.match(/../g) ?? [];
const ASKED = ['查一下12345678到哪了', '发票合同3要什么', '几点开门', '今天天气真好'];

/** An intent that takes a while to learn; `version` makes it another one. */
const slow = (version: string): string =>
  [
    'title: 资料',
    'desk: service',
    'examples:',
    ...Array.from({ length: 200 }, (_, n) => {
      const [one, other] = [TRADES[n % TRADES.length], TRADES[Math.floor(n / TRADES.length)]];
      return `  - ${one}${other}${version}要什么`;
    }),
    'steps: [{ hand_over: }]',
    '',
  ].join('\n');

async function open(options: LoaderOptions = {}) {
  const desk = await writeDesk({ 'intents/papers.yml': slow('甲') });
  vi.stubEnv('XDG_CACHE_HOME', path.join(desk.root, 'cache'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const loader: Loader = createLoader(desk, { clock: NOON, ...options });
  onTestFinished(() => loader.close());
  return { desk, loader };
}

/** What a customer and an administrator notice of a load. */
function seenOf({ knowledge, problems, lineAt }: LoadResult): unknown {
  return {
    problems,
    lines: problems.map((problem) => lineAt(problem.path, problem.line)),
    version: knowledge?.version,
    intents: knowledge && JSON.stringify([...knowledge.intents]),
    phrases: knowledge && JSON.stringify([...knowledge.phrases]),
    sources: knowledge && [...knowledge.sources],
    understood:
      knowledge &&
      ASKED.map((text) => [knowledge.understand(text, NOON.now()), knowledge.understand.explain(text, NOON.now())]),
    found: knowledge && ASKED.map((text) => JSON.stringify(knowledge.searchFaq(text, NOON.now(), 3))),
  };
}

describe('loading in a thread', () => {
  it('leaves the serving thread free while it learns', async () => {
    let ticks = -1;
    const stages: Stage[] = [];
    const { desk, loader } = await open({
      onStage(stage) {
        stages.push(stage);
        if (stage === 'learning') ticks = 0;
      },
    });
    await loader.load();
    await put(desk.root, 'intents/papers.yml', slow('丙'));
    ticks = -1;
    const ticking = setInterval(() => {
      if (ticks >= 0) ticks += 1;
    }, 1);
    await loader.load();
    clearInterval(ticking);
    expect(stages.slice(-3)).toEqual(['reading', 'checking', 'learning']);
    // A thread that learns by itself would not tick once.
    expect(ticks).toBeGreaterThan(20);
  });

  it('makes the same of the same files as a load without thread, memory and cache, whatever was edited before', async () => {
    const { desk, loader } = await open();
    const same = async (): Promise<void> =>
      expect(seenOf(await loader.load())).toEqual(seenOf(await loadKnowledge(desk, { clock: NOON, cache: noCache })));
    await same();
    await put(desk.root, 'intents/papers.yml', slow('乙'));
    await same();
    await put(desk.root, 'knowledge/faq/more.yml', '- question: 发票合同怎么办\n  answer: 来办\n  owner: 客服部\n');
    await put(desk.root, 'knowledge/data/orders.csv', 'broken');
    await same();
    await put(desk.root, 'knowledge/data/orders.csv', MINIMAL['knowledge/data/orders.csv'] ?? '');
    await put(desk.root, 'intents/papers.yml', slow('甲'));
    await same();
  });

  it('fails when it is closed under way, and begins anew when it is asked again', async () => {
    const { loader } = await open();
    const under = loader.load();
    await loader.close();
    await expect(under).rejects.toThrow('has ended');
    expect((await loader.load()).knowledge?.intents.size).toBe(2);
  });
});

describe('a program that starts again', () => {
  it('finds what was found in the same files, keeps no rows, and looks again where a file changed', async () => {
    const desk = await writeDesk({ 'intents/papers.yml': slow('甲') });
    const folder = path.join(desk.root, 'cache');
    await mkdir(folder);
    const start = async () => {
      const stages: Stage[] = [];
      const cache = createCache(folder, { files: 16, bytes: 1e8, worthMs: 0 });
      const result = await loadKnowledge(desk, { clock: NOON, cache, onStage: (stage) => stages.push(stage) });
      return { seen: seenOf(result), stages };
    };
    const first = await start();
    expect(first.stages).toEqual(['reading', 'checking', 'indexing', 'learning']);
    expect(await start()).toEqual({ seen: first.seen, stages: [] });
    for (const file of await readdir(folder)) {
      if (file.startsWith('desk'))
        expect((await readFile(path.join(folder, file))).includes('13812345678')).toBe(false);
    }
    await put(
      desk.root,
      'knowledge/data/orders.csv',
      `${MINIMAL['knowledge/data/orders.csv'] ?? ''}22345678,,上海,booked,,,\n`,
    );
    const edited = await start();
    expect(edited.stages.slice(0, 2)).toEqual(['reading', 'checking']);
    expect(edited.seen).not.toEqual(first.seen);
    await put(desk.root, 'knowledge/data/orders.csv', 'broken');
    expect((await start()).stages).toEqual(['reading', 'checking']);
    expect((await start()).stages).toEqual(['reading', 'checking']);
  });
});

describe('progress', () => {
  it('is told where somebody waits for long, and only there', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const lines: string[] = [];
    const progress = createProgress((line) => lines.push(line));
    progress.onStage('checking');
    vi.advanceTimersByTime(1900);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(200);
    progress.onStage('learning');
    expect(lines).toEqual(['正在核对 (checking)……', '正在学习例句 (learning the examples)……']);
    progress.end();
    progress.onStage('reading');
    expect(lines).toHaveLength(2);
    createProgress((line) => lines.push(line)).end();
    vi.advanceTimersByTime(5000);
    expect(lines).toHaveLength(2);
  });
});
