import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../shipped.ts';
import { newCustomer, type Customer } from './customer.ts';
import { startProgram, TOKEN, until, type Program } from './program.ts';

/** Nobody else in the shipped files has these. */
const CANARIES = ['13877665544', '尉迟金丝', '金丝雀大道777号', '6222021234567890128', '510107199003070011'];
const SAID = [
  '蓝月亮弹琴 收件人：尉迟金丝 电话13877665544',
  '您好，我叫尉迟金丝，电话13877665544',
  '我要投诉，你们把我的货弄丢了，送到金丝雀大道777号8栋，打138-7766-5544',
  '嘎嘎瘪得不像样 咋整 收件人：尉迟金丝 卡号6222021234567890128 身份证510107199003070011',
  '转人工，我住金丝雀大道777号，１３８７７６６５５４４',
];
const list = z.object({ tickets: z.array(z.object({ id: z.string(), customer: z.object({ id: z.string() }) })) });

describe('a program that was told private things', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yingsheng-private-'));
  const prompts: string[] = [];
  let model: Server;
  let program: Program;
  let customer: Customer;

  beforeAll(async () => {
    model = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        prompts.push(body);
        response.writeHead(500).end(`the key of 13877665544 尉迟金丝 is wrong`);
      });
    });
    await new Promise<void>((done) => model.listen(0, '127.0.0.1', done));
    const { port } = model.address() as AddressInfo;
    program = await startProgram({
      dataDir: folder,
      env: { LOG_LEVEL: 'debug', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: 'k' },
    });
    customer = await newCustomer(() => program.url, 'dl_canary-customer');
    for (const [i, words] of SAID.entries()) {
      const before = (await customer.heard()).length;
      await customer.say(words, `said-${i}`);
      await until(async () => (await customer.heard()).length > before + 1);
    }
  });
  afterAll(async () => {
    await program.end('SIGTERM');
    model.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${program.url}${path}`, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } });
  const leaks = (text: string): string[] => CANARIES.filter((canary) => text.includes(canary));

  it('asked a model, and showed it nothing of them', async () => {
    await until(() => prompts.length > 0);
    expect(prompts.join('\n')).toContain('蓝月亮弹琴');
    expect(leaks(prompts.join('\n'))).toEqual([]);
  });

  it('shows nothing of them in the list of tickets, and all of it kept on the page of one', async () => {
    const text = await (await get('/api/tickets')).text();
    const { tickets } = list.parse(JSON.parse(text));
    expect(tickets.length).toBeGreaterThan(0);
    expect(leaks(text)).toEqual([]);
    const one = await (await get(`/api/tickets/${tickets[0]?.id ?? ''}`)).text();
    expect(one).toContain('转人工');
    expect(leaks(one)).toEqual([]);
  });

  it('shows nothing of them in metrics, readiness or errors', async () => {
    const bad = '13877665544%20尉迟金丝';
    const answers = await Promise.all([
      get('/metrics'),
      get('/readyz'),
      get(`/nowhere/${bad}`),
      get(`/api/tickets/13877665544`),
      get(`/api/tickets?status=13877665544`),
      get(`/api/tickets/T-1001/claim`, { method: 'POST', body: '{"agent":["13877665544"]}' }),
      get(`/api/tickets/T-1001/reveal`, { method: 'POST', body: '{"agent":"1","field":"13877665544"}' }),
      get(`/v3/directline/conversations/13877665544/activities`),
      get(`/v3/directline/conversations`, { method: 'POST', body: '{"x":13877665544' }),
    ]);
    for (const answer of answers) expect(leaks(await answer.text()), answer.url).toEqual([]);
  });

  it('wrote nothing of them to its logs or its output', () => {
    expect(program.err()).toContain('"level":20');
    expect(leaks(program.out() + program.err())).toEqual([]);
    expect(leaks(JSON.stringify(program.err().match(/\\u[0-9a-f]{4}/g) ?? []))).toEqual([]);
  });

  it('recorded who looked, and forgets on demand while it runs', async () => {
    const env = { ...process.env, DATA_DIR: folder };
    const cli = (...words: string[]) =>
      new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
        const child = execFile(
          process.execPath,
          [join(ROOT, 'src', 'cli.ts'), ...words],
          { cwd: ROOT, env },
          (_, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
        );
      });
    const held = (): string[] =>
      [...CANARIES, 'dl_canary-customer', customer.conversation].filter((word) =>
        readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(word)),
      );
    const told = await cli('export', '--customer', 'dl_canary-customer');
    expect(told.status).toBe(0);
    expect(leaks(told.stdout)).toEqual(CANARIES);
    expect(told.stderr).toBe('');

    const shown = await cli('forget', '--customer', 'dl_canary-customer');
    expect(shown.stdout).toContain('没有删除任何内容');
    expect(held().length).toBeGreaterThan(4);

    const gone = await cli('forget', '--customer', 'dl_canary-customer', '--yes');
    expect(gone.stderr).toBe('');
    expect(gone.status).toBe(0);
    expect(held()).toEqual([]);

    expect((await cli('forget', '--customer', 'dl_canary-customer')).status).toBe(1);
    const audit = await cli('audit', '--json');
    expect(JSON.parse(audit.stdout)).toMatchObject({ intact: true });
    expect(audit.stdout).toContain('"exported"');
    expect(audit.stdout).not.toContain('dl_canary-customer');

    // The page is still open: whoever writes there now is a new customer.
    const heard = await customer.heard();
    expect(heard).toEqual([]);
    await customer.say('您好', 'again');
    await until(async () => (await customer.heard()).length > 1);
    expect((await get('/api/tickets')).status).toBe(200);
    expect(list.parse(await (await get('/api/tickets')).json()).tickets).toEqual([]);
  });
});
