import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLeaving } from '../../../src/channels/wechat/leaving.ts';

it('keeps the marks of two messages that leave at once, though the first write is the slower one', async () => {
  let kept = '[]';
  let writes = 0;
  const store = {
    setting: () => Promise.resolve(kept),
    async keepSetting(_: string, value: string) {
      await setTimeout(writes++ === 0 ? 20 : 0);
      kept = value;
    },
  };
  const leaving = await createLeaving(store);
  let said = 0;
  const leave = async (go: () => Promise<void>): Promise<void> => {
    await go();
    said += 1;
  };
  await Promise.all([leaving.send(1, [leave]), leaving.send(2, [leave])]);
  // The third is written down before the first two are marked as sent; then the program dies.
  await leaving.send(3, [leave]);
  const after = await createLeaving(store);
  for (const seq of [1, 2, 3]) await after.send(seq, [leave]).catch(() => {});
  expect(said).toBe(3);
});
