import { describe, expect, it } from 'vitest';
import { createLeaving, type Part } from '../../../src/channels/wechat/leaving.ts';
import { RefusedError, UnreachableError } from '../../../src/core/errors.ts';
import { memoryStore } from '../../store/memory-store.ts';

const died = new Promise<never>(() => {});

describe('messages on their way', () => {
  async function open() {
    const store = await memoryStore();
    const went: string[] = [];
    const goes =
      (name: string): Part =>
      async (leave) => {
        await leave();
        went.push(name);
      };
    return { store, went, goes };
  }

  it('are flagged, not repeated, where the program died while one was leaving', async () => {
    const { store, went, goes } = await open();
    const first = await createLeaving(store);
    let left = (): void => {};
    const leaving = new Promise<void>((resolve) => (left = resolve));
    void first.send(7, [goes('words'), async (leave) => (await leave(), left(), died)]);
    await leaving;
    const second = await createLeaving(store);
    await expect(second.send(7, [goes('words'), goes('file')])).rejects.toMatchObject({ code: 'ambiguous' });
    expect(went).toEqual(['words']);
    // What had not left is simply sent.
    await second.send(8, [goes('other')]);
    expect(went).toEqual(['words', 'other']);
  });

  it('go on with the part that surely did not go, across a restart too', async () => {
    const { store, went, goes } = await open();
    const first = await createLeaving(store);
    const away: Part = async (leave) => (await leave(), Promise.reject(new UnreachableError('not logged in')));
    await expect(first.send(7, [goes('words'), away, goes('c')])).rejects.toBeInstanceOf(UnreachableError);
    await (await createLeaving(store)).send(7, [goes('words'), goes('b'), goes('c')]);
    expect(went).toEqual(['words', 'b', 'c']);
  });

  it('are forgotten where they were refused; marks that cannot be read are none', async () => {
    const { store, went, goes } = await open();
    const refuses: Part = async (leave) => (await leave(), Promise.reject(new RefusedError('refused', 'no friend')));
    await expect((await createLeaving(store)).send(7, [refuses])).rejects.toMatchObject({ code: 'refused' });
    await store.keepSetting('wechat.leaving', '[[7');
    await (await createLeaving(store)).send(7, [goes('again')]);
    expect(went).toEqual(['again']);
  });
});
