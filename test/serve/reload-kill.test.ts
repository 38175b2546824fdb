import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../commands/run-cli.ts';
import { put, writeDesk } from '../knowledge/desk-fixture.ts';
import { newCustomer } from './customer.ts';
import { startProgram, until } from './program.ts';

/** Moments after an edit, in ms: while it is noticed, read, learned, kept, served. */
const MOMENTS = [150, 400, 800];
const THINGS = '运单发票合同保险木箱托盘冷链茶叶灯具瓷砖家具电机'.match(/../g) ?? [];

const QUESTIONS = ['要什么', '怎么办', '找谁问'];

/** An intent and an answer that tell their version; enough examples that learning them takes a while and is kept. */
function versioned(version: number): Record<string, string> {
  const examples = THINGS.flatMap((one) =>
    THINGS.flatMap((other) => QUESTIONS.map((question) => `  - ${one}${other}第${version}批${question}\n`)),
  );
  return {
    'intents/papers.yml': `title: 资料\ndesk: service\nexamples:\n${examples.join('')}steps: [{ say: papers }]\n`,
    'knowledge/phrases/papers.yml': `papers: 这是第${version}版资料\n`,
  };
}

it('starts again whole when it was killed in the middle of a reload', { timeout: 120_000 }, async () => {
  const desk = await writeDesk(versioned(0));
  const dataDir = mkdtempSync(join(tmpdir(), 'yingsheng-reload-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { XDG_CACHE_HOME: join(dataDir, 'cache') };
  const start = () =>
    startProgram({ dataDir: join(dataDir, 'data'), intents: desk.intents, knowledge: desk.knowledge, env });
  let program = await start();
  onTestFinished(async () => void (await program.end('SIGKILL')));
  for (const [index, moment] of MOMENTS.entries()) {
    const version = index + 1;
    for (const [name, text] of Object.entries(versioned(version))) await put(desk.root, name, text);
    await new Promise((resolve) => setTimeout(resolve, moment));
    await program.end('SIGKILL');
    program = await start();
    const customer = await newCustomer(() => program.url, `dl_${version}`);
    const question = `发票合同第${version}批要什么`;
    await until(() => customer.say(question, '1').catch(() => undefined), 30_000);
    const replies = await until(async () => {
      const heard = (await customer.heard()).filter(({ from }) => from.id === 'yingsheng');
      return heard.some(({ text }) => text?.includes('版资料')) && heard;
    }, 30_000);
    expect(replies.map(({ text }) => text).join('\n')).toContain(`这是第${version}版资料`);
  }
  // What was learned is kept once things are calm.
  await until(async () => {
    const kept = await readdir(join(env.XDG_CACHE_HOME, 'yingsheng')).catch(() => []);
    return kept.some((name) => /^learned-\w+$/.test(name));
  }, 40_000);
  await program.end('SIGTERM');

  // What the killed programs left for the next is as good as nothing left at all.
  const understood = async (cache: string): Promise<string> => {
    const args = ['understand', '--json', '--intents', desk.intents, '--knowledge', desk.knowledge];
    const { code, out } = await runCli(args, THINGS.map((thing) => `${thing}要什么\n`).join(''), {
      XDG_CACHE_HOME: cache,
    });
    expect(code).toBe(0);
    return out;
  };
  expect(await understood(env.XDG_CACHE_HOME)).toBe(await understood(join(dataDir, 'empty')));
});
