import { createHash } from 'node:crypto';
import { Router } from 'express';
import { toBuffer } from 'qrcode';
import type { ChannelStatus } from '../../core/channel.ts';
import type { Clock } from '../../core/clock.ts';
import type { Store } from '../../core/store.ts';
import { channelTitle, viewNotice, type NoticeView } from '../actions/notice-view.ts';
import { fail } from './failure.ts';

/** A channel by name; null where nothing lies between the customers and us. */
export type NamedStatus = readonly [name: string, status: ChannelStatus | null];

/** How far back the notices go, in ms: what is older has been seen or is of no use any more. */
const BACK = 24 * 3_600_000;
/** As many as anybody reads. */
const MOST = 50;
/** Every page asks every few seconds: what it is given is gathered again when there is a new notice, or after so many ms. */
const FRESH = 60_000;

/** `GET /channels`: how each channel stands, and the last day's words to the desk. `GET /channels/:name/qrcode`: a picture to be scanned. */
export function channelRoutes(deps: {
  readonly store: Pick<Store, 'notices' | 'log' | 'conversation' | 'subscribe'>;
  readonly clock: Clock;
  readonly channels: () => readonly NamedStatus[];
}): Router {
  const { store, clock } = deps;
  const router = Router();
  let gathered: { readonly at: number; readonly views: Promise<readonly NoticeView[]> } | null = null;
  store.subscribe(({ kind }) => {
    if (kind === 'notice') gathered = null;
  });

  async function gather(now: number): Promise<readonly NoticeView[]> {
    const found = await store.notices(new Date(now - BACK).toISOString());
    return Promise.all(found.slice(0, MOST).map((notice) => viewNotice(store, notice)));
  }

  async function notices(): Promise<readonly NoticeView[]> {
    const now = clock.now().getTime();
    if (gathered === null || now - gathered.at > FRESH) gathered = { at: now, views: gather(now) };
    try {
      return await gathered.views;
    } catch (error) {
      gathered = null;
      throw error;
    }
  }

  router.get('/channels', async (_req, res) => {
    res.json({
      channels: deps.channels().map(([name, status]) => viewChannel(name, status)),
      notices: await notices(),
    });
  });

  router.get('/channels/:name/qrcode', async (req, res) => {
    const [, status] = deps.channels().find(([name]) => name === req.params.name) ?? [];
    if (!status?.qrcode) return fail(res, 'unknown-code', '现在没有要扫的二维码');
    res.type('image/png').send(await toBuffer(status.qrcode, { width: 480, margin: 3 }));
  });
  return router;
}

/** The code itself is a key to the account: only a digest of it is told, so that the page sees when there is another one. */
function viewChannel(name: string, status: ChannelStatus | null): object {
  const title = channelTitle(name);
  if (status === null)
    return { name, title, state: 'online', since: null, account: null, trouble: '', paused_until: null, qrcode: null };
  const { state, since, account, trouble, pausedUntil, qrcode } = status;
  const digest = qrcode === null ? null : createHash('sha256').update(qrcode).digest('base64url').slice(0, 16);
  return { name, title, state, since, account, trouble, paused_until: pausedUntil, qrcode: digest };
}
