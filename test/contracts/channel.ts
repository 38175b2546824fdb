import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, Receipt } from '../../src/core/channel.ts';
import { UnreachableError } from '../../src/core/errors.ts';
import { channelOf, type InboundMessage } from '../../src/core/message.ts';

/** A channel with the far side of its platform: one customer in one conversation. */
export interface ChannelUnderTest {
  readonly channel: Channel;
  /** The platform delivers a message under its id; rejects when the channel did not acknowledge it. */
  write(id: string, text: string): Promise<void>;
  /** The engine says something: it is kept, then handed to `channel.send`. */
  say(text: string): Promise<void>;
  /** What the customer has received from us so far, in order. */
  seen(): Promise<readonly string[]>;
  /** Cuts the road to the platform, where we send over one; gives the way to restore it. */
  readonly cut?: () => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

/** Keeps each message once by its id, as the store does. The test puts in what must happen first. */
export interface Keeper {
  readonly kept: InboundMessage[];
  readonly receive: (message: InboundMessage) => Promise<Receipt>;
  before: (() => Promise<void>) | null;
}

export function createKeeper(keep?: (message: InboundMessage) => Promise<Receipt>): Keeper {
  const keeper: Keeper = {
    kept: [],
    before: null,
    async receive(message) {
      await keeper.before?.();
      const known = keeper.kept.findIndex(({ id }) => id === message.id);
      const receipt: Receipt = keep
        ? await keep(message)
        : { kind: known < 0 ? 'new' : 'duplicate', seq: known < 0 ? keeper.kept.length + 1 : known + 1 };
      if (known < 0) keeper.kept.push(message);
      return receipt;
    },
  };
  return keeper;
}

/** What any channel owes the rest of the program. `open` starts the channel with `keeper.receive`. */
export function channelContract(name: string, open: () => Promise<{ under: ChannelUnderTest; keeper: Keeper }>): void {
  describe(`${name} keeps the contract of a channel`, () => {
    let under: ChannelUnderTest;
    let keeper: Keeper;
    beforeEach(async () => void ({ under, keeper } = await open()));
    afterEach(() => under.close());

    it('hands over one message in our words', async () => {
      await under.write('m1', '查一下12345678到哪了');
      const [message] = keeper.kept;
      expect(message).toMatchObject({ channel: under.channel.name, text: '查一下12345678到哪了', attachments: [] });
      expect(channelOf(message!.conversation)).toBe(under.channel.name);
      expect(message!.customer.id).not.toBe('');
      expect(new Date(message!.sentAt).toISOString()).toBe(message!.sentAt);
      expect(() => JSON.stringify(message!.channelData)).not.toThrow();
    });

    it('gives the same delivery the same id, and acknowledges it again', async () => {
      await under.write('m1', '您好');
      await under.write('m1', '您好');
      await under.write('m2', '您好');
      expect(keeper.kept).toHaveLength(2);
    });

    it('keeps the order in which a customer wrote', async () => {
      for (const text of ['一', '二', '三', '四']) await under.write(`m-${text}`, text);
      expect(keeper.kept.map(({ text }) => text)).toEqual(['一', '二', '三', '四']);
      expect(new Set(keeper.kept.map(({ conversation }) => conversation)).size).toBe(1);
    });

    it('does not acknowledge what could not be kept, and takes it when it comes again', async () => {
      keeper.before = () => Promise.reject(new Error('disk full'));
      await expect(under.write('m1', '在吗')).rejects.toThrow();
      keeper.before = null;
      await under.write('m1', '在吗');
      expect(keeper.kept.map(({ text }) => text)).toEqual(['在吗']);
    });

    it('acknowledges only when it is kept', async () => {
      let acknowledged = false;
      let release = (): void => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      keeper.before = () => held;
      const writing = under.write('m1', '在吗').then(() => (acknowledged = true));
      // Long enough for an acknowledgement that did not wait to arrive.
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(acknowledged).toBe(false);
      release();
      await writing;
      expect(keeper.kept).toHaveLength(1);
    });

    it('delivers what we say once and in order', async () => {
      await under.write('m1', '您好');
      for (const text of ['您好,请问有什么可以帮您?', '第二句', '第三句']) await under.say(text);
      expect(await under.seen()).toEqual(['您好,请问有什么可以帮您?', '第二句', '第三句']);
    });

    it('says when nobody answers, so that it is tried again', async ({ skip }) => {
      if (!under.cut) return skip('this channel is pulled from');
      await under.write('m1', '您好');
      const restore = await under.cut();
      await expect(under.say('您好')).rejects.toBeInstanceOf(UnreachableError);
      await restore();
      await under.say('您好');
      expect(await under.seen()).toEqual(['您好']);
    });

    it('takes nothing more once it is stopped', async () => {
      await under.channel.stop();
      await expect(under.write('m1', '您好')).rejects.toThrow();
      expect(keeper.kept).toEqual([]);
    });
  });
}
