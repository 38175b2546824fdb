import { onTestFinished } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import type { Store } from '../../../src/core/store.ts';
import { createSlackDesk } from '../../../src/desks/slack/slack-desk.ts';
import type { SlackDesk, SlackDeskDeps } from '../../../src/desks/slack/slack-desk.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { announce, createFloor, directory } from '../floor.ts';
import type { Floor } from '../floor.ts';
import { createFarSide } from './far-side.ts';
import type { FarSide, Kept } from './far-side.ts';

export const titles = {
  kinds: () => [{ id: 'payment-lookup', title: '查款' }],
  kind: (kind: string) => (kind === 'payment-lookup' ? '查款' : kind),
  slot: (_kind: string, slot: string) => ({ phone: '联系电话', goods: '货物' })[slot] ?? slot,
};
export const rules = { answerPrefixes: ['>', '回复:'], takeBackMs: 0, results: ['已解决'], causes: ['客户咨询'] };

export interface SlackDeskUnderTest {
  readonly desk: SlackDesk;
  readonly store: Store;
  readonly floor: Floor;
  readonly far: FarSide;
  /** The card of a ticket in the channel it is in now. */
  card(ticket: string, channel?: string): Kept;
  /** Resolves when Slack shows all that is known. */
  settle(): Promise<void>;
  /** The program dies and is started again on the same store and the same Slack. */
  restart(): Promise<SlackDesk>;
  close(): Promise<void>;
}

export async function openSlackDesk(
  options: Partial<SlackDeskDeps> = {},
  between: (store: Store) => Store = (store) => store,
): Promise<SlackDeskUnderTest> {
  const store = await openSqliteStore({ path: ':memory:', pulled: [] });
  const floor = createFloor(store);
  const far = createFarSide();
  const create = (slack = far.connection): SlackDesk =>
    createSlackDesk({
      store: between(store),
      slack,
      directory,
      announce,
      titles,
      clock: floor.clock,
      log: silentLog,
      rules: () => rules,
      tell: (line) => void far.told.push(line),
      ...options,
    });
  let desk = create();
  await desk.start();
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await desk.stop();
    await store.close();
  };
  onTestFinished(close);
  return {
    get desk() {
      return desk;
    },
    store,
    floor,
    far,
    close,
    card(ticket, channel) {
      const found = far.messages.find(
        ({ metadata, channel: at }) =>
          metadata?.event_payload['ticket'] === ticket &&
          metadata.event_payload['part'] === 'card' &&
          (channel === undefined || at === channel),
      );
      if (!found) throw new Error(`no card of ${ticket}`);
      return found;
    },
    async settle() {
      // An answer that waits for its moment is what remains to be done, too.
      for (let quiet = 0; quiet < 3;) {
        await desk.idle();
        await new Promise((resolve) => setTimeout(resolve, 2));
        quiet = (await store.heldAnswers(null)).some(({ due_at }) => due_at <= floor.clock.now().toISOString())
          ? 0
          : quiet + 1;
      }
    },
    async restart() {
      await desk.stop();
      desk = create({ ...far.connection, app: createFarSide().connection.app });
      await desk.start();
      return desk;
    },
  };
}
