import { expect, it } from 'vitest';
import { createKeepingOrder } from '../../../src/channels/wechat/keeping-order.ts';
import { message } from '../../store/samples.ts';

/** Keeps a message when its turn in `fates` says so (by default always); what is rejected takes with it what was given after it. */
function keeper(fates: readonly boolean[]) {
  const [given, kept]: string[][] = [[], []];
  let turn = 0;
  let broken = false;
  const order = createKeepingOrder(
    async ({ id }) => {
      given?.push(id);
      await Promise.resolve();
      if (!broken && fates[turn++] === false) {
        broken = true;
        setImmediate(() => (broken = false));
      }
      if (broken) throw new Error('full');
      kept?.push(id);
      return { kind: 'new', seq: kept?.length ?? 0 };
    },
    async (work) => {
      for (;;) {
        try {
          return await work();
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      }
    },
    () => expect.unreachable(),
  );
  return { order, given, kept };
}

it('gives again what was not kept, before anything that came later', async () => {
  const { order, kept } = keeper([true, false, true, true, false]);
  for (const id of ['a', 'b', 'c']) order.keep('room', message(id));
  await new Promise((resolve) => setImmediate(resolve));
  for (const id of ['d', 'e']) order.keep('room', message(id));
  await order.kept('room');
  expect(kept).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('gives what has gathered at once, and waits for no other chat', async () => {
  const { order, given } = keeper([]);
  for (const id of ['a', 'b', 'c']) order.keep('room', message(id));
  order.keep('other', message('x'));
  expect(given).toEqual(['a', 'x']);
  await order.idle();
  expect(given).toEqual(['a', 'x', 'b', 'c']);
  await order.kept('room');
});

it('gives up where it does not pay to insist any more', async () => {
  const givenUp: unknown[] = [];
  const failing = createKeepingOrder(
    () => Promise.reject(new Error('full')),
    (work) => work(),
    (error) => givenUp.push(error),
  );
  failing.keep('room', message('a'));
  await failing.idle();
  expect(String(givenUp)).toBe('Error: full');
});
