import { describe, expect, it } from 'vitest';
import { createPeople, type People } from '../../../src/channels/wechat/people.ts';
import type { RawMessage } from '../../../src/channels/wechat/wire.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { memoryStore } from '../../store/memory-store.ts';

type Talker = Omit<RawMessage['talker'], 'service'>;

describe('who stands behind a contact', () => {
  async function open() {
    const store = await memoryStore();
    const clock = fixedClock('2026-11-21T10:00:00+08:00');
    /** What the address book of this login holds; null for a gateway that cannot tell. */
    const book = { contacts: [] as Talker[] | null };
    const people: People = createPeople({
      store,
      clock,
      bearers: (remark) =>
        Promise.resolve(book.contacts?.filter((one) => one.remark === remark).map(({ id }) => id) ?? null),
    });
    const personOf = async (talker: Talker): Promise<string> => {
      const raw: RawMessage = {
        id: 'm',
        at: 0,
        talker: { ...talker, service: false },
        room: null,
        text: '',
        mentions: ['me', talker.id],
        named: [{ id: talker.id, name: talker.name }],
      };
      clock.advance(1000);
      const placed = await people.placed(raw);
      expect(placed.mentions).toEqual(['me', placed.talker.id]);
      expect(placed.named.map(({ id }) => id)).toEqual([placed.talker.id]);
      return placed.talker.id;
    };
    return { people, book, personOf };
  }
  const wang = (id: string, more: Partial<Talker> = {}): Talker => ({
    id,
    name: '王老板',
    remark: 'C1024 王',
    ...more,
  });

  it('is the same person under another id, where our remark is theirs alone; and is written to under the new one', async () => {
    const { people, book, personOf } = await open();
    expect(await personOf(wang('a'))).toBe('a');
    book.contacts = [wang('b')];
    expect(await personOf(wang('b'))).toBe('a');
    expect(await people.contactOf('a')).toBe('b');
    book.contacts = [wang('c')];
    expect(await personOf(wang('c'))).toBe('a');
    expect(await people.contactOf('a')).toBe('c');
    // The knowledge is kept: no question is asked twice.
    book.contacts = null;
    expect(await personOf(wang('b'))).toBe('a');
    expect(await people.contactOf('nobody yet')).toBe('nobody yet');
  });

  it('is the same person by the WeChat number, whatever the remark says', async () => {
    const { book, personOf } = await open();
    expect(await personOf(wang('a', { handle: 'wx-wang' }))).toBe('a');
    book.contacts = [];
    expect(await personOf(wang('b', { handle: 'wx-wang', remark: '别的' }))).toBe('a');
  });

  it.each<[string, Talker, Talker[] | null]>([
    ['a name alone', { id: 'b', name: '王老板' }, []],
    ['a remark that the first one still has too', wang('b'), [wang('a'), wang('b')]],
    ['a remark that a third one has too', wang('b'), [wang('b'), wang('z')]],
    ['a remark, where the gateway cannot tell who has it', wang('b'), null],
    ['a remark that is another one', wang('b', { remark: 'C1024 王2' }), [wang('b', { remark: 'C1024 王2' })]],
  ])('is somebody new by %s', async (_, second, contacts) => {
    const { book, personOf } = await open();
    expect(await personOf(wang('a'))).toBe('a');
    book.contacts = contacts;
    expect(await personOf(second)).toBe('b');
  });

  it('is somebody new where the WeChat numbers differ, or two persons had the remark before', async () => {
    const { book, personOf } = await open();
    await personOf(wang('a', { handle: 'wx-1' }));
    book.contacts = [wang('b', { handle: 'wx-2' })];
    expect(await personOf(wang('b', { handle: 'wx-2' }))).toBe('b');
    book.contacts = [wang('c')];
    expect(await personOf(wang('c'))).toBe('c');
  });

  it('stays the same person when the remark of the same id is edited, and is found by the new remark', async () => {
    const { book, personOf } = await open();
    await personOf(wang('a'));
    expect(await personOf(wang('a', { remark: 'C2048 王' }))).toBe('a');
    book.contacts = [wang('b')];
    expect(await personOf(wang('b'))).toBe('b');
    book.contacts = [wang('c', { remark: 'C2048 王' })];
    expect(await personOf(wang('c', { remark: 'C2048 王' }))).toBe('a');
  });
});
