import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDoor } from './door.ts';
import { openHouse, type House } from './house.ts';
import { besiege, type Siege } from './siege.ts';
import { VECTORS } from './vectors.ts';

let house: House;
let siege: Siege;
/** Who came before everybody else and never finishes. */
const lingering: Socket[] = [];
let ticks = 0;

beforeAll(async () => {
  process.env['TZ'] = 'Asia/Shanghai';
  house = await openHouse();
  const { hostname, port } = new URL(house.url);
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  for (let nth = 0; nth < 60; nth += 1) {
    const line = connect(Number(port), hostname);
    line.on('error', () => {});
    // A header that never ends, a body that never comes, and an upgrade that is never answered to.
    if (nth % 3 === 0) line.write('GET / HTTP/1.1\r\nHost: a\r\nX-A: ');
    if (nth % 3 === 1)
      line.write(
        'POST /v3/directline/tokens/generate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{',
      );
    if (nth % 3 === 2)
      line.write(
        `GET /v3/directline/conversations/x/stream HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}`,
      );
    lingering.push(line);
  }
  const dribble = setInterval(() => {
    ticks += 1;
    for (const line of lingering) if (line.writable) line.write(' ');
  }, 200);
  siege = await besiege(house);
  clearInterval(dribble);
}, 300_000);

afterAll(async () => {
  for (const line of lingering) line.destroy();
  await house?.close();
});

describe('every bad input', () => {
  it('ends in a reply, a silence that is meant, or a refusal with words', () => {
    expect(siege.wrong).toEqual([]);
    expect(siege.endings.length).toBeGreaterThan(600);
    // Acknowledged, and nothing said: kinds of activities that say nothing, and messages without a word that could be seen.
    const taken = siege.endings.filter(({ how }) => how === 'taken').map(({ name }) => name);
    const silent = /^(?:no words|only blanks|a flood of|nothing but|text, wrong|the type )/;
    expect(taken.filter((name) => !silent.test(name))).toEqual([]);
  });

  it('leaves every message accounted for, ordinary customers served in between, and nothing in the log', () => {
    expect(siege.unaccounted).toBe(0);
    expect(siege.served).toBeGreaterThan(20);
    expect(house.errors).toEqual([]);
  });

  it('leaves the program answering, while others dribble and never finish', async () => {
    expect(ticks).toBeGreaterThan(3);
    const door = openDoor(house.url, 99);
    expect((await door.ask('GET', '/healthz')).status).toBe(200);
    expect((await door.ask('GET', '/readyz')).status).toBe(200);
    door.close();
  });
});

describe('every page and address', () => {
  it.each(['/', '/desk', '/nowhere', '/healthz', '/api/tickets', '/v3/directline/x', '/slack/events'])(
    'comes under a policy without inline scripts and eval, which no page of others may frame: %s',
    async (path) => {
      const door = openDoor(house.url);
      const { headers } = await door.ask('GET', path);
      door.close();
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/default-src 'none'/);
      expect(policy).toMatch(/script-src 'self'(?:;|$)/);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    },
  );
});

it('knows over 300 vectors, each once', () => {
  expect(new Set(VECTORS).size).toBe(VECTORS.length);
  expect(VECTORS.length).toBeGreaterThan(300);
});
