import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ROOT } from '../shipped.ts';
import { runCli } from '../commands/run-cli.ts';
import { newCustomer } from './customer.ts';
import { startProgram, TOKEN, until, type Program } from './program.ts';

const folders: string[] = [];
let program: Program | undefined;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'yingsheng-serve-'));
  folders.push(made);
  return made;
}

afterEach(async () => {
  await program?.end('SIGKILL');
  program = undefined;
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const desk = (url: string, path: string, body?: object): Promise<Response> =>
  fetch(`${url}/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('serve', () => {
  it('takes a question all the way to an agent and back', async () => {
    const dataDir = folder();
    const running = (program = await startProgram({ dataDir }));
    const customer = await newCustomer(() => running.url, 'dl_zhang');
    const heard = async (words: string) =>
      (await customer.heard()).find((activity) => activity.from.id !== 'dl_zhang' && activity.text?.includes(words));

    await customer.say('我的12345678单号的货款为什么半个月了还没有收到', 'a1');
    await until(() => heard('后4位'));
    await customer.say('5678', 'a2');
    expect((await until(() => heard('3860元'))).text).toContain('T-1001');

    const { tickets } = (await (await desk(running.url, '/tickets?status=open')).json()) as { tickets: object[] };
    expect(tickets).toEqual([
      expect.objectContaining({
        id: 'T-1001',
        desk: 'payments',
        kind: 'payment-lookup',
        waybill: '12345678',
        status: 'open',
      }),
    ]);
    expect((await desk(running.url, '/tickets/T-1001/claim', { agent: '1201', name: '陈' })).status).toBe(200);
    await until(() => heard('1201'));

    // While an agent has it the bot is quiet, and what the customer says reaches the agent.
    await customer.say('什么时候能到账', 'a3');
    await desk(running.url, '/tickets/T-1001/reply', { agent: '1201', text: '您好，明天上午为您打款。' });
    const answer = await until(() => heard('明天上午为您打款'));
    expect(answer.from.name).toContain('1201');
    const said = (await customer.heard()).map((activity) => activity.text);
    expect(said.slice(said.indexOf('什么时候能到账') + 1)).toEqual(['您好，明天上午为您打款。']);
    const story = (await (await desk(running.url, '/tickets/T-1001')).json()) as { transcript: { text: string }[] };
    expect(story.transcript.map((line) => line.text)).toContain('什么时候能到账');

    await desk(running.url, '/tickets/T-1001/resolve', { agent: '1201', result: '已打款' });
    await until(() => heard('助手'));
    await customer.say('你们几点下班', 'a4');
    await until(() => heard('08:30'));

    expect(await running.end('SIGTERM')).toBe(0);
    const { code, out } = await runCli(['ledger', '--json', '--data-dir', dataDir]);
    expect({ code, ledger: JSON.parse(out) as object }).toEqual({
      code: 0,
      ledger: { answered: 2, merged: 0, handed: 2, left_alone: {}, waiting: 0, unaccounted: [] },
    });
  });

  it('makes short messages in a row one turn', async () => {
    const dataDir = folder();
    const running = (program = await startProgram({ dataDir }));
    const customer = await newCustomer(() => running.url, 'dl_li');
    for (const [index, text] of ['您好', '想问下', '12345678到哪了'].entries()) await customer.say(text, `m${index}`);
    const replies = async () => (await customer.heard()).filter((activity) => activity.from.id === 'yingsheng');
    await until(async () => (await replies()).length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await replies()).toHaveLength(1);
    await running.end('SIGTERM');
    const { out } = await runCli(['ledger', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(out)).toMatchObject({ answered: 1, merged: 2, unaccounted: [] });
  });

  it('serves a saved edit without a restart, and keeps serving when one is broken', async () => {
    const knowledge = join(folder(), 'knowledge');
    cpSync(join(ROOT, 'knowledge'), knowledge, { recursive: true });
    const running = (program = await startProgram({ dataDir: folder(), knowledge }));
    const file = join(knowledge, 'phrases', 'courtesy.yml');
    const before = readFileSync(file, 'utf8');
    const ask = async (id: string) => {
      const customer = await newCustomer(() => running.url, `dl_${id}`);
      await customer.say('您好', id);
      return (await until(async () => (await customer.heard()).find((activity) => activity.from.id === 'yingsheng')))
        .text;
    };

    writeFileSync(file, before.replace(/^greeting:[^]*?(?=^\w)/m, 'greeting: 您好，这是刚改过的问候。\n\n'));
    await until(() => running.out().includes('知识已更新'));
    expect(await ask('one')).toContain('这是刚改过的问候');

    writeFileSync(file, 'greeting: [没写完\n');
    await until(() => running.out().includes('仍按上一版服务'));
    expect(running.out()).toMatch(/courtesy\.yml:\d+:\d+: error bad-yaml/);
    expect(await ask('two')).toContain('这是刚改过的问候');
    const ready = await fetch(`${running.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).not.toMatchObject({ problems: 0 });

    writeFileSync(file, before);
    await until(() => running.out().split('知识已更新').length === 3);
    expect(await ask('three')).not.toContain('这是刚改过的问候');
  });
});
