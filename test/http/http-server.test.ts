import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, Router } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import type { HttpServer, HttpServerDeps } from '../../src/http/http-server.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import type { Metrics } from '../../src/http/metrics.ts';

const TOKEN = 'a-desk-token-of-good-length';
const bearer = { headers: { authorization: `Bearer ${TOKEN}` } };

interface Running {
  readonly server: HttpServer;
  readonly metrics: Metrics;
  readonly url: string;
  readonly port: number;
}

async function serve(options: Partial<HttpServerDeps> = {}): Promise<Running> {
  const metrics = options.metrics ?? createMetrics({ log: silentLog });
  const server = createHttpServer({
    routers: [],
    ready: () => Promise.resolve({ ok: true, detail: { database: 'ok', knowledge: 'ok', problems: 0 } }),
    metrics,
    pagesDir: '/nonexistent',
    deskToken: TOKEN,
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    graceMs: 100,
    ...options,
  });
  const { url, port } = await server.start();
  onTestFinished(() => server.close());
  return { server, metrics, url, port };
}

async function builtPages(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'index.html'), '<title>在线客服</title>');
  await writeFile(join(dir, 'desk.html'), '<title>坐席</title>');
  await writeFile(join(dir, 'assets', 'main-abc.js'), 'export {}');
  return dir;
}

describe('health', () => {
  it('is alive, and ready as the parts say', async () => {
    const { url } = await serve();
    const alive = await fetch(`${url}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', database: 'ok', knowledge: 'ok', problems: 0 },
    ]);
  });

  it('says what is not ready', async () => {
    const { url } = await serve({ ready: () => Promise.resolve({ ok: false, detail: { database: 'failed' } }) });
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'not-ready', database: 'failed' }]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('is not ready, and gives nothing away, where asking fails', async () => {
    const { url } = await serve({ ready: () => Promise.reject(new Error('password for postgres')) });
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.text()]).toEqual([503, '{"status":"not-ready"}']);
  });
});

describe('connections', () => {
  it('are kept while idle for longer than a proxy in front keeps its own', async () => {
    const { url } = await serve();
    const { headers } = await fetch(`${url}/healthz`);
    expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
  });
});

describe('metrics', () => {
  it('are for those who have the desk token', async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer x' } })).status).toBe(401);
    expect((await fetch(`${url}/metrics`, bearer)).status).toBe(200);
  });

  it('count what happened and what is open', async () => {
    const open = { desk: 'payments', kind: 'payment-lookup', priority: 'high', status: 'open', count: 2 } as const;
    const { url, metrics } = await serve({
      metrics: createMetrics({
        log: silentLog,
        openTickets: () => Promise.resolve([open]),
        outboxQueue: () => Promise.resolve(3),
        knowledgeProblems: () => 1,
      }),
    });
    metrics.messageSettled('webchat', 'answered');
    metrics.messageSettled('webchat', 'answered');
    metrics.turnTook(0.02);
    metrics.sendEnded('webchat', 'sent');
    for (let scrape = 0; scrape < 2; scrape += 1) {
      const text = await (await fetch(`${url}/metrics`, bearer)).text();
      expect(text).toContain('yingsheng_messages_total{channel="webchat",outcome="answered"} 2');
      expect(text).toContain('yingsheng_turn_duration_seconds_count 1');
      expect(text).toContain('yingsheng_sends_total{channel="webchat",result="sent"} 1');
      expect(text).toContain(
        'yingsheng_tickets{desk="payments",kind="payment-lookup",priority="high",status="open"} 2',
      );
      expect(text).toContain('yingsheng_outbox_queue 3');
      expect(text).toContain('yingsheng_knowledge_problems 1');
      expect(text).toContain('nodejs_eventloop_lag_seconds');
    }
  });

  it('are given even where the database is not', async () => {
    const openTickets = () => Promise.reject(new Error('database is locked'));
    const { url } = await serve({ metrics: createMetrics({ log: silentLog, openTickets }) });
    const answer = await fetch(`${url}/metrics`, bearer);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('process_cpu');
  });
});

describe('pages', () => {
  it('are the two built ones, with a policy that lets no foreign script run', async () => {
    const { url } = await serve({ pagesDir: await builtPages() });
    for (const [path, title] of [
      ['/', '在线客服'],
      ['/desk', '坐席'],
    ]) {
      const page = await fetch(url + path);
      expect(page.headers.get('content-type')).toMatch('text/html');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(await page.text()).toContain(title);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("connect-src 'self' ws: wss:");
      expect(policy).not.toMatch(/unsafe|upgrade-insecure/);
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('x-powered-by')).toBeNull();
    }
    const asset = await fetch(`${url}/assets/main-abc.js`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('are replaced by a plain sentence until they are built', async () => {
    const { url } = await serve();
    const page = await fetch(`${url}/`);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('npm run build');
  });

  it.each(['/nowhere', '/assets/none.js', '/assets/../package.json', '/%E0%A4%A', '/assets/%E0%A4%A'])(
    'are not found at %s, and that is said in Chinese',
    async (path) => {
      const { url } = await serve({ pagesDir: await builtPages() });
      const page = await fetch(url + path);
      expect([400, 404]).toContain(page.status);
      expect(await page.text()).toMatch(/地址|请求有误/);
    },
  );

  it('are no answer for a program: JSON below /api and /v3', async () => {
    const { url } = await serve();
    for (const path of ['/api/nothing', '/v3/directline/nothing']) {
      const answer = await fetch(url + path);
      expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'not-found' } }]);
    }
  });
});

describe('trouble', () => {
  it('is told without what it was, with a number to ask for', async () => {
    const seen: object[] = [];
    const router = Router();
    router.get('/broken', () => Promise.reject(new Error('select from customers where phone=13800138000')));
    router.post('/words', json({ limit: 10 }), (_req, res) => void res.json({}));
    const log = { ...silentLog, error: (facts: object) => void seen.push(facts) };
    const { url } = await serve({ routers: [{ path: '/api', router }], log });
    const answer = await fetch(`${url}/api/broken`);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toMatch(/select|\.ts|13800138000/);
    expect(text).toContain(answer.headers.get('x-request-id'));
    expect(seen).toMatchObject([{ request: answer.headers.get('x-request-id') }]);
    const words = (body: string) =>
      fetch(`${url}/api/words`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect((await words('{"a":')).status).toBe(400);
    expect((await words(`"${'a'.repeat(50)}"`)).status).toBe(413);
    expect(seen).toHaveLength(1);
  });

  it('with the port is one sentence that says what to do', async () => {
    const { port } = await serve();
    await expect(serve({ port })).rejects.toThrow(UsageError);
    await expect(serve({ host: '203.0.113.7' })).rejects.toThrow(/HOST 203\.0\.113\.7/);
  });
});

describe('upgrades', () => {
  const asking = (path: string, protocol = 'websocket'): string =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`;

  /** What a bare connection hears until the other side ends it. */
  function hear(port: number, words: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(words));
      let heard = '';
      socket.on('data', (data) => (heard += data.toString()));
      socket.on('close', () => resolve(heard));
      socket.on('error', reject);
    });
  }

  it('are refused where nobody takes them, or taking fails', async () => {
    const { port } = await serve();
    expect(await hear(port, asking('/v3/nothing'))).toMatch(/^HTTP\/1\.1 404/);
    const failing = await serve({
      onUpgrade: () => {
        throw new Error('no');
      },
    });
    expect(await hear(failing.port, asking('/'))).toMatch(/^HTTP\/1\.1 404/);
    expect((await fetch(`${failing.url}/healthz`)).status).toBe(200);
  });

  it('to anything but a WebSocket are ignored, as HTTP allows', async () => {
    const { port } = await serve();
    const answer = hear(port, asking('/healthz', 'h2c').replace('Connection: Upgrade', 'Connection: Upgrade, close'));
    expect(await answer).toMatch(/^HTTP\/1\.1 200/);
  });

  it('that were taken are cut when the server closes', async () => {
    const { server, port } = await serve({
      onUpgrade: (_request, socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\ntaken');
        return true;
      },
    });
    const heard = hear(port, asking('/'));
    await new Promise<void>((resolve) => {
      const other = connect(port, '127.0.0.1', () => other.write(asking('/')));
      other.once('data', () => resolve());
      other.on('error', () => {});
    });
    await server.close();
    expect(await heard).toContain('taken');
  });
});

describe('closing', () => {
  it('lets a request finish, tells those who stream, and takes no more', async () => {
    let begun = (): void => {};
    const working = new Promise<void>((resolve) => (begun = resolve));
    let finish = (): void => {};
    const ended = new Promise<void>((resolve) => (finish = resolve));
    const router = Router();
    router.get('/slow', async (_req, res) => {
      begun();
      await ended;
      res.json({ done: true });
    });
    const { server, url } = await serve({
      routers: [{ path: '/api', router }],
      onClose: () => finish(),
      graceMs: 5000,
    });
    const slow = fetch(`${url}/api/slow`);
    await working;
    await Promise.all([server.close(), server.close()]);
    expect(await (await slow).json()).toEqual({ done: true });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('cuts a request that does not finish in time', async () => {
    let begun = (): void => {};
    const working = new Promise<void>((resolve) => (begun = resolve));
    const router = Router();
    router.get('/never', () => begun());
    const { server, port } = await serve({ routers: [{ path: '/api', router }] });
    const cut = new Promise<void>((resolve) => {
      request({ port, path: '/api/never', agent: false })
        .on('error', () => resolve())
        .end();
    });
    await working;
    await server.close();
    await cut;
  });
});
