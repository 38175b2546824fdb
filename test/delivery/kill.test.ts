import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/core/message.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import { alice, bob, message } from '../store/samples.ts';
import { echoing, inboxOf } from './parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingsheng-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a kill may break: each is a promise to somebody. */
interface Damage {
  readonly lost: readonly string[];
  readonly unanswered: readonly string[];
  readonly answeredTwice: readonly string[];
  readonly outOfOrder: readonly ConversationId[];
}

/** So many acknowledged messages must have stood in the kills' way for the test to mean something. */
const ENOUGH = 12;

const none: Damage = { lost: [], unanswered: [], answeredTwice: [], outOfOrder: [] };

describe('kill -9', () => {
  it('at any moment loses no acknowledged message and answers each once, in order', async () => {
    const { acknowledged, damage } = await run('sound.db', 12);
    expect(acknowledged).toBeGreaterThan(ENOUGH);
    expect(damage).toEqual(none);
  }, 60_000);

  it('is noticed to lose messages where they are acknowledged before they are kept', async () => {
    const { damage } = await run('lossy.db', 3, 'acknowledge-before-storing');
    expect(damage.lost).not.toEqual([]);
  }, 60_000);

  it('is noticed to double answers where words and outcome are kept apart', async () => {
    const { damage } = await run('doubling.db', 3, 'answer-before-outcome');
    expect(damage.answeredTwice).not.toEqual([]);
  }, 60_000);
});

/** Feeds a child that is killed `kills` times, and on a busy machine more often, until enough was acknowledged; lets a sound one finish, and looks at what is in the log. */
async function run(name: string, kills: number, fault?: string): Promise<{ acknowledged: number; damage: Damage }> {
  const path = join(folder, name);
  const acknowledged = new Map<string, ConversationId>();
  let number = 0;
  for (let kill = 0; kill < kills || (acknowledged.size <= ENOUGH && kill < kills * 10); kill++) {
    const child = fork(join(import.meta.dirname, 'kill-child.ts'), fault ? [path, fault] : [path], { stdio: 'ignore' });
    const exited = once(child, 'exit');
    const pending = new Map<string, ConversationId>();
    child.on('message', (said: { acknowledged?: string }) => {
      const conversation = pending.get(said.acknowledged ?? '');
      if (said.acknowledged !== undefined && conversation) acknowledged.set(said.acknowledged, conversation);
    });
    await once(child, 'message');
    const killedAt = Date.now() + 5 + Math.random() * 60;
    while (Date.now() < killedAt) {
      number++;
      const conversation = number % 2 === 0 ? alice : bob;
      pending.set(`m-${number}`, conversation);
      give(child, `m-${number}`, conversation);
      // Sometimes the platform sends a message again.
      if (number % 5 === 0) give(child, `m-${number}`, conversation);
      await setTimeout(1);
    }
    child.kill('SIGKILL');
    await exited;
  }
  return { acknowledged: acknowledged.size, damage: await survey(path, acknowledged) };
}

function give(child: ChildProcess, id: string, conversation: ConversationId): void {
  if (child.connected) child.send(message(id, { conversation }), () => {});
}

/** After the last start has answered what was left. */
async function survey(path: string, acknowledged: ReadonlyMap<string, ConversationId>): Promise<Damage> {
  const store = await openSqliteStore({ path });
  const inbox = await inboxOf(store, echoing());
  await inbox.idle();
  await inbox.stop();
  const logs = new Map([
    [alice, await store.log(alice, 0, 100_000)],
    [bob, await store.log(bob, 0, 100_000)],
  ]);
  await store.close();

  const received = new Map<ConversationId, string[]>();
  const answered = new Map<ConversationId, string[]>();
  for (const [id, log] of logs) {
    received.set(
      id,
      log.filter((line) => line.from.role === 'customer').map((line) => line.id),
    );
    answered.set(
      id,
      log.filter((line) => line.from.role === 'bot').map((line) => line.text.replace('echo ', '')),
    );
  }
  const everyAnswer = [...answered.values()].flat();
  const all = [...received.values()].flat();
  return {
    lost: [...acknowledged].filter(([id, where]) => !received.get(where)?.includes(id)).map(([id]) => id),
    unanswered: all.filter((id) => !everyAnswer.includes(id)),
    answeredTwice: [...new Set(everyAnswer.filter((id, n) => everyAnswer.indexOf(id) !== n))],
    outOfOrder: [alice, bob].filter((id) => {
      const once = [...new Set(answered.get(id))];
      return once.join() !== (received.get(id) ?? []).filter((one) => once.includes(one)).join();
    }),
  };
}
