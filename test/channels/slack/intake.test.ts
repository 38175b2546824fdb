import { expect, it, onTestFinished } from 'vitest';
import type { Heard } from '../../../src/channels/slack/event.ts';
import { createIntake } from '../../../src/channels/slack/intake.ts';
import type { ThreadHandler } from '../../../src/channels/slack/platform.ts';
import type { Receive } from '../../../src/core/channel.ts';
import { UnreachableError } from '../../../src/core/errors.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';

const REPLY: Heard = {
  ...{ kind: 'new', team: 'T1', channel: 'C1', direct: false, thread: '1.000100', ts: '2.000100' },
  ...{ user: 'UAGENT', text: '> 明天送到', files: [], at: '2026-11-21T10:00:00+08:00' },
};

/** Found by simulation, seed 14415 of 2026-11-22: the reply was acknowledged, and reached nobody. */
it('takes no message of the desk for talk among people while the program stops', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  const handlers = new Set<ThreadHandler>([() => Promise.resolve(true)]);
  let receive: Receive | null = () => Promise.reject(new Error('not a customer'));
  const intake = createIntake({
    store: {
      ...store,
      // The program stops in the middle of the first look.
      async conversation(id) {
        receive = null;
        handlers.clear();
        return store.conversation(id);
      },
    },
    limits: () => ({ messageLength: 2000, attachmentMb: 8, attachmentsPerMessage: 6 }),
    attachments: { collect: () => Promise.resolve({ attachments: [], unreadable: false }), stop: () => {} },
    nameOf: () => Promise.resolve(undefined),
    handlers,
    receive: () => receive,
  });
  await expect(intake(REPLY, 'UBOT')).rejects.toThrow(UnreachableError);
});
