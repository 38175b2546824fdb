import { json, Router } from 'express';
import type { RequestHandler } from 'express';
import { bearerOf, sameSecret } from '../../core/secret.ts';
import type { TicketStatus } from '../../core/ticket.ts';
import { byUrgency } from '../../tickets/priority.ts';
import { createActions } from '../actions/actions.ts';
import type { ActionDeps } from '../actions/actions.ts';
import * as bodies from './bodies.ts';
import { read } from './bodies.ts';
import { createChangeStream } from './changes.ts';
import { channelRoutes, type NamedStatus } from './channel-routes.ts';
import { fail, tellFailure } from './failure.ts';
import { matches } from '../actions/search.ts';
import { viewStory, viewTicket } from './view.ts';

export interface WebDeskDeps extends ActionDeps {
  /** DESK_TOKEN: whoever has it is at the desk. */
  readonly token: string;
  /** What is wrong with the last edit of the knowledge, as `check` words it; none when it is in use. */
  readonly problems?: () => readonly object[];
  /** Where customers write, and how each channel stands. */
  readonly channels?: () => readonly NamedStatus[];
  readonly limits?: Partial<WebDeskLimits>;
}

export interface WebDeskLimits {
  /** Tickets in a list, where the caller does not say. */
  readonly listed: number;
  /** Resolved tickets that a search looks through, those opened last. */
  readonly searched: number;
  readonly bodyBytes: number;
  /** Desk pages that follow the changes at once. */
  readonly streams: number;
  readonly heartbeatMs: number;
}

const LIMITS: WebDeskLimits = { listed: 500, searched: 5000, bodyBytes: 65_536, streams: 200, heartbeatMs: 15_000 };

/** Paths below `/api` that are ours; others (`/api/messages`) are none of our business. */
const OURS = ['/tickets', '/channels', '/desks', '/events', '/problems', '/attachments'];

export interface WebDesk {
  /** To be mounted at `/api`. */
  readonly router: Router;
  /** Ends the pages' event streams, so that the server can close. */
  close(): void;
}

/** The desk's API: DESIGN.md 6, and what the page at `/desk` needs beyond it. */
export function createWebDesk(deps: WebDeskDeps): WebDesk {
  const { store, directory } = deps;
  const limits = { ...LIMITS, ...deps.limits };
  const actions = createActions(deps);
  const changes = createChangeStream(store, limits);
  const router = Router();
  router.use(OURS, atTheDesk(deps.token), json({ limit: limits.bodyBytes, type: () => true }));

  router.get('/tickets', async (req, res) => {
    const { status, desk, q, limit = limits.listed } = read(bodies.listQuery, req.query);
    const resolved = q === undefined ? limit : limits.searched;
    const tickets = await store.tickets({ ...(status && { status }), ...(desk && { desk }), resolved });
    const found = tickets.filter((ticket) => q === undefined || matches(ticket, q)).sort(byUrgency);
    res.json({
      tickets: found.slice(0, limit).map((ticket) => viewTicket(ticket, directory)),
      total: found.length,
    });
  });

  router.get('/tickets/:id', async (req, res) => {
    res.json(viewStory(await actions.story(req.params.id), directory));
  });

  router.post('/tickets/:id/claim', async (req, res) => {
    const actor = read(bodies.claimBody, req.body);
    res.json(viewStory(await actions.claim(req.params.id, actor), directory));
  });

  router.post('/tickets/:id/reply', async (req, res) => {
    const body = read(bodies.replyBody, req.body);
    res.json(viewStory(await actions.reply(req.params.id, body, body.text, body.client_id), directory));
  });

  router.post('/tickets/:id/note', async (req, res) => {
    const body = read(bodies.noteBody, req.body);
    res.json(viewStory(await actions.note(req.params.id, body, body.text, body.client_id), directory));
  });

  router.post('/tickets/:id/transfer', async (req, res) => {
    const body = read(bodies.transferBody, req.body);
    res.json(viewStory(await actions.transfer(req.params.id, body, { desk: body.desk }, body.reason), directory));
  });

  router.post('/tickets/:id/resolve', async (req, res) => {
    const body = read(bodies.resolveBody, req.body);
    res.json(viewStory(await actions.resolve(req.params.id, body, body.result), directory));
  });

  router.post('/tickets/:id/reopen', async (req, res) => {
    const body = read(bodies.reopenBody, req.body);
    res.json(viewStory(await actions.reopen(req.params.id, body, body.reason), directory));
  });

  router.post('/tickets/:id/reveal', async (req, res) => {
    const body = read(bodies.revealBody, req.body);
    res.json({ field: body.field, value: await actions.reveal(req.params.id, body, body.field) });
  });

  router.get('/desks', async (_req, res) => {
    const counts = await store.openTickets();
    const at = (desk: string, status: TicketStatus): number =>
      counts.reduce((sum, one) => sum + (one.desk === desk && one.status === status ? one.count : 0), 0);
    res.json({
      desks: directory.desks().map(({ id, title }) => ({
        id,
        title,
        open: at(id, 'open'),
        claimed: at(id, 'claimed'),
        waiting: at(id, 'waiting'),
      })),
      agents: directory.agents().map(({ number, name, desks }) => ({ number, name, desks })),
    });
  });

  router.use(channelRoutes({ ...deps, channels: () => deps.channels?.() ?? [] }));

  router.get('/problems', (_req, res) => {
    res.json({ problems: deps.problems?.() ?? [] });
  });

  router.get('/events', (req, res) => changes.follow(req, res));

  router.get('/attachments/:id', async (req, res) => {
    const found = await store.attachment(req.params.id);
    if (found === null) return fail(res, 'unknown-attachment', '没有这个附件');
    const at = deps.clock.now().toISOString();
    await store.audit({ at, by: 'desk', action: 'opened', subject: `${found.conversation} ${req.params.id}` });
    // Shown in the page only where it is a picture; anything else might be a page of its own.
    const picture = /^image\/(?:png|jpeg|gif|webp|bmp|avif|heic)$/.test(found.attachment.contentType);
    res.attachment(found.attachment.name);
    if (picture) res.set('content-disposition', 'inline');
    res.set('content-type', picture ? found.attachment.contentType : 'application/octet-stream');
    res.send(Buffer.from(found.bytes));
  });

  router.use(tellFailure);
  return { router, close: () => changes.close() };
}

function atTheDesk(token: string): RequestHandler {
  return (req, res, next) => {
    res.set('cache-control', 'no-store');
    if (sameSecret(bearerOf(req.headers.authorization) ?? '', token)) return next();
    res.set('www-authenticate', 'Bearer');
    fail(res, 'unauthorized', '请先登录：缺少坐席口令，或口令不正确');
  };
}
