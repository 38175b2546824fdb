/**
 * How long a large desk takes to check, to start and to reload: 20,000 FAQ entries and 5,000 examples, the shipped ones among them.
 * Reloads are measured when the program has long been up, and one as soon as it has started. Prints seconds, memory, and how long the event loop stood still. `node bench/check.ts [FAQ entries] [examples in all]`
 * `node bench/check.ts 20000 9700` has 5,000 beside the shipped ones.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parse } from 'yaml';
import { readArguments, wholeNumber } from './arguments.ts';
import { createExaminer } from '../src/knowledge/examiner.ts';
import { createLoader } from '../src/knowledge/loader.ts';

const { positionals } = readArguments(import.meta.filename, { allowPositionals: true });
const entries = wholeNumber(positionals[0], 20_000);
const total = wholeNumber(positionals[1], 5000);
const ROOT = path.join(import.meta.dirname, '..');
const INTENTS = 40;
const FILE = 1000;
/** After what is asked for, a program does what can wait when it has been calm for 3 s; in ms. */
const CALM = 4000;
const WARMING = 3300;
const shipped = readdirSync(path.join(ROOT, 'intents')).reduce(
  (sum, name) =>
    sum + (parse(readFileSync(path.join(ROOT, 'intents', name), 'utf8')) as { examples: string[] }).examples.length,
  0,
);
const examples = Math.max(INTENTS, total - shipped);

/** The same numbers every time. */
let seed = 7;
const below = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;

const THINGS = [
  ...'仓库车辆司机运单发票合同保险木箱托盘冷链茶叶灯具瓷砖家具电机面料玻璃药材种子书籍'.matchAll(/../gu),
].map(([word]) => word);
const DEEDS = [...'办理查询更改取消预约登记申请退回换货寄存加固称重量方开具补办'.matchAll(/../gu)].map(
  ([word]) => word,
);
const ASKS = ['怎么', '哪里可以', '多久能', '要不要', '能不能', '什么时候', '谁负责', '多少钱可以'];
const TAILS = ['呢', '', '吗', '才好', '比较快', '最省钱'];
const sentence = (n: number): string => `${pick(ASKS)}${pick(DEEDS)}${pick(THINGS)}${pick(THINGS)}${n}号${pick(TAILS)}`;

const root = await mkdtemp(path.join(tmpdir(), 'bench-check-'));
// Nothing kept by an earlier run counts.
process.env['XDG_CACHE_HOME'] = path.join(root, 'cache');
try {
  const folders = { intents: path.join(root, 'intents'), knowledge: path.join(root, 'knowledge') };
  await cp(path.join(ROOT, 'intents'), folders.intents, { recursive: true });
  await cp(path.join(ROOT, 'knowledge'), folders.knowledge, { recursive: true });
  await mkdir(path.join(folders.knowledge, 'faq'), { recursive: true });
  for (let start = 0; start < entries; start += FILE) {
    const list = Array.from({ length: Math.min(FILE, entries - start) }, (_, i) => {
      const n = start + i;
      return `- question: ${sentence(n)}\n  similar: [${sentence(n)}这样问]\n  answer: 第${n}条：请先联系网点登记，我们在两个工作日内为您办好，办好后短信告知。\n  owner: 客服部\n`;
    });
    await writeFile(path.join(folders.knowledge, 'faq', `bench-${start}.yml`), list.join(''));
  }
  const steps = 'steps: [{ hand_over: }]\n';
  for (let intent = 0; intent < INTENTS; intent++) {
    const lines = Array.from({ length: Math.round(examples / INTENTS) }, (_, i) => `  - 业务${intent}${sentence(i)}`);
    const text = `title: 业务${intent}\ndesk: service\nexamples:\n${lines.join('\n')}\n${steps}`;
    await writeFile(path.join(folders.intents, `bench-${intent}.yml`), text);
  }

  const measure = async (what: string, work: () => Promise<{ problems: readonly unknown[] }>): Promise<void> => {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    await new Promise((resolve) => setTimeout(resolve, 30));
    delay.reset();
    const before = process.cpuUsage();
    const start = performance.now();
    const { problems } = await work();
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    await new Promise((resolve) => setTimeout(resolve, 20));
    delay.disable();
    process.stdout.write(
      `${what.padEnd(34)}${seconds.toFixed(2).padStart(7)} s  cpu ${((user + system) / 1e6).toFixed(2)} s  longest stand-still ${Math.round(delay.max / 1e6)} ms  rss ${Math.round(process.memoryUsage().rss / 1e6)} MB  problems ${problems.length}\n`,
    );
  };
  const becomes = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  /** Waits until the program has nothing more to do; gives how long it had, in s. */
  const quiet = async (): Promise<number> => {
    const start = performance.now();
    let last = start;
    while (performance.now() - last < CALM) {
      const before = process.cpuUsage();
      await becomes(100);
      const { user, system } = process.cpuUsage(before);
      if (user + system > 30_000) last = performance.now();
    }
    return (last - start) / 1000;
  };
  const write = (name: string, text: string): Promise<void> => writeFile(path.join(root, name), text);

  process.stdout.write(
    `${entries} FAQ entries beside the shipped; ${shipped + examples} examples, ${shipped} of them shipped\n`,
  );
  const checker = createExaminer(folders);
  await measure('check, nothing cached', () => checker.examine(new Date(), true));
  await checker.close();
  const checkedAgain = createExaminer(folders);
  await measure('check again', () => checkedAgain.examine(new Date(), true));
  await checkedAgain.close();
  await rm(path.join(root, 'cache'), { recursive: true });
  const first = createLoader(folders);
  await measure('first start, nothing cached', () => first.load());
  await quiet();
  await first.close();
  const hurried = createLoader(folders);
  await measure('start again', () => hurried.load());
  await becomes(WARMING);
  await write('knowledge/phrases/bench.yml', 'bench.words: 好的\n');
  await measure('edited phrase while it warms up', () => hurried.load());
  await quiet();
  await hurried.close();
  const loader = createLoader(folders);
  await measure('start again', () => loader.load());
  await becomes(WARMING);
  process.stdout.write(`${'warming up'.padEnd(34)}${(await quiet()).toFixed(2).padStart(7)} s\n`);
  await write('knowledge/phrases/bench.yml', 'bench.words: 好吧\n');
  await measure('reload after an edited phrase', () => loader.load());
  await quiet();
  await write('intents/bench-x.yml', `title: 新\ndesk: service\nexamples: [新的说法甲, 新的说法乙]\n${steps}`);
  await measure('reload after an edited example', () => loader.load());
  await quiet();
  await write('knowledge/faq/bench-x.yml', '- question: 新的问题\n  answer: 新的回答\n  owner: 客服部\n');
  await measure('reload after an edited answer', () => loader.load());
  await loader.close();
} finally {
  await rm(root, { recursive: true, force: true });
}
