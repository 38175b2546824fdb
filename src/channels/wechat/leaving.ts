import { z } from 'zod';
import { RefusedError, UnreachableError } from '../../core/errors.ts';
import type { Store } from '../../core/store.ts';
import { forgetOldest } from '../../core/bounded-map.ts';

const KEY = 'wechat.leaving';
/** Marks of messages that are settled by now are dropped with time: only the newest can still be under way. */
const MOST = 200;
/** By seq: parts that surely went, and whether the next one was on its way. */
const kept = z.array(z.tuple([z.number(), z.object({ went: z.number(), leaving: z.boolean() })]));
type Progress = z.output<typeof kept>[number][1];

/** One part of a message: calls `leave` at the last moment before it goes. Throws as `Channel.send`. */
export type Part = (leave: () => Promise<void>) => Promise<void>;

/** What is on its way is written down before it goes: WeChat cannot be asked later whether it arrived. */
export interface Leaving {
  /** Sends the parts that have not gone before. Throws RefusedError `ambiguous` where we went down while one was on its way. */
  send(seq: number, parts: readonly Part[]): Promise<void>;
}

export async function createLeaving(store: Pick<Store, 'setting' | 'keepSetting'>): Promise<Leaving> {
  const progress = new Map<number, Progress>(read(await store.setting(KEY)));

  let writing: Promise<void> = Promise.resolve();

  async function keep(seq: number, now: Progress): Promise<void> {
    progress.set(seq, now);
    // One after the other: an older list must not overwrite a newer one.
    const kept = writing.then(() => store.keepSetting(KEY, JSON.stringify([...progress].slice(-MOST))));
    writing = kept.catch(() => {});
    await kept;
  }

  return {
    async send(seq, parts) {
      const before = progress.get(seq);
      if (before?.leaving === true) throw new RefusedError('ambiguous', 'we went down while it was on its way');
      for (let part = before?.went ?? 0; part < parts.length; part++) {
        let left = false;
        try {
          await parts[part]?.(async () => {
            left = true;
            await keep(seq, { went: part, leaving: true });
          });
        } catch (error) {
          // It surely did not go: it may be tried again, by whoever runs then.
          if (error instanceof UnreachableError && left) await keep(seq, { went: part, leaving: false });
          throw error;
        }
        progress.set(seq, { went: part + 1, leaving: false });
      }
      // The mark stays, for the outbox has not marked it yet; the oldest goes.
      forgetOldest(progress, MOST);
    },
  };
}

function read(json: string | null): z.output<typeof kept> {
  try {
    return kept.parse(JSON.parse(json ?? '[]'));
  } catch {
    return [];
  }
}
