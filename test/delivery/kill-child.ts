/**
 * The far half of kill.test.ts: receives messages over IPC into a real store, acknowledges, answers each with an echo.
 * `node kill-child.ts DATABASE [FAULT]`; a fault breaks one promise on purpose, to prove that the test would notice.
 */
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../src/core/clock.ts';
import type { Store } from '../../src/core/store.ts';
import { openSqliteStore } from '../../src/store/open-sqlite.ts';
import type { InboundMessage } from '../../src/core/message.ts';
import { turn } from '../store/samples.ts';
import { echo, echoing, inboxOf } from './parts.ts';

const [path = '', fault] = process.argv.slice(2);
const store = await openSqliteStore({ path });
await inboxOf(store, fault === 'answer-before-outcome' ? answeringApart(store) : echoing());

process.on('message', (message: InboundMessage) => {
  void (async () => {
    if (fault === 'acknowledge-before-storing') {
      process.send?.({ acknowledged: message.id });
      await setTimeout(30);
    }
    await store.receive(message, systemClock.now().toISOString());
    process.send?.({ acknowledged: message.id });
  })();
});
process.send?.({ ready: true });

/** What commitTurn promises not to do: the words are kept in one transaction, the outcome in another. */
function answeringApart(kept: Store) {
  return echoing({
    async reply(conversation, now) {
      const whole = echo(conversation, now);
      await kept.commitTurn({ ...whole, outcomes: new Map() });
      await setTimeout(30);
      return turn({ id: conversation.id, version: conversation.version + 1 }, { outcomes: whole.outcomes });
    },
  });
}
