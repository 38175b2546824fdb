import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Coordination } from '../../core/coordination.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { conversationId } from '../../core/message.ts';
import { bearerOf } from '../../core/secret.ts';
import type { Store } from '../../core/store.ts';
import { postedSchema, shownName } from './activity.ts';
import { type ActivitySet, readSet } from './activity-set.ts';
import { giveOut, linksFrom } from './attachment.ts';
import { fit, readJson } from './body.ts';
import { passDoor } from './door.ts';
import type { Invitations } from './invitation.ts';
import { forbidden, notFound, slowDown, unauthorized } from './failure.ts';
import type { WebchatLimits } from './limits.ts';
import { originOf } from './origin.ts';
import type { Post } from './posting.ts';
import { newConversationKey, type Pass, type Passes, TOKEN_SECONDS } from './token.ts';
import { readUpload } from './upload.ts';
import { parseWatermark } from './watermark.ts';

export interface DirectLineDeps {
  readonly store: Store;
  readonly log: Log;
  readonly coordination: Coordination;
  readonly passes: Passes;
  readonly invitations: Invitations;
  readonly post: Post;
  readonly limits: () => WebchatLimits;
  /** New conversations a minute from one address; many customers can share one. */
  readonly opensPerMinute: number;
}

const MINUTE = 60_000;
const BASE = '/v3/directline';
/** Only ids beginning with `dl_` may be chosen, as in the original. */
const openingSchema = z
  .object({
    user: z
      .object({ id: z.string().nullish().catch(undefined), name: z.string().nullish().catch(undefined) })
      .nullish()
      .catch(undefined),
  })
  .nullish();

const invitationSchema = z.object({ code: z.string().max(2000) });

/** Direct Line 3.0 for a public page: no secret, tokens bound to one conversation and one user. */
export function createDirectLine(deps: DirectLineDeps): Router {
  const { store, log, coordination, passes, post, limits } = deps;
  const router = express.Router();

  const given = (request: Request): string | null => {
    const token = bearerOf(request.headers.authorization);
    // A client that was given no token sends the word.
    return token === 'undefined' || token === 'null' ? null : token;
  };
  const authorize = (request: Request, use: 'token' | 'renewal' = 'token'): Pass => {
    const token = given(request);
    if (token === null) throw unauthorized('a token is needed: POST /v3/directline/tokens/generate');
    const pass = passes.read(token, use);
    if (request.params.id !== undefined && request.params.id !== pass.conversation)
      throw forbidden('Forbidden', 'the token belongs to another conversation');
    return pass;
  };
  const admit = async (request: Request, response: Response): Promise<Pass> => {
    if (!(await coordination.allow(`webchat:open:${request.ip ?? ''}`, deps.opensPerMinute, MINUTE)))
      throw slowDown(30);
    const user = fit(openingSchema, await readJson(request, response))?.user;
    const id = /^dl_[\w.-]{1,64}$/.exec(user?.id ?? '')?.[0] ?? `dl_${randomUUID()}`;
    const name = shownName(user?.name);
    return { conversation: newConversationKey(), user: id, ...(name ? { name } : {}) };
  };
  const admitMessage = (pass: Pass): Promise<void> =>
    passDoor(coordination, `webchat:post:${pass.conversation}`, limits().messagesPerMinute);
  const ticket = (pass: Pass): object => ({
    conversationId: pass.conversation,
    token: passes.token(pass),
    expires_in: TOKEN_SECONDS,
  });
  const address = (request: Request, pass: Pass, watermark: string): string =>
    `${originOf(request).replace(/^http/, 'ws')}${BASE}/conversations/${pass.conversation}/stream?watermark=${watermark}&t=${passes.streamToken(pass)}`;

  router.use(BASE, (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  router.post(`${BASE}/tokens/generate`, async (request, response) => {
    response.json(ticket(await admit(request, response)));
  });

  router.post(`${BASE}/tokens/refresh`, (request, response) => {
    response.json(ticket(authorize(request, 'renewal')));
  });

  router.post(`${BASE}/tokens/redeem`, async (request, response) => {
    if (!(await coordination.allow(`webchat:open:${request.ip ?? ''}`, deps.opensPerMinute, MINUTE)))
      throw slowDown(30);
    const { code } = fit(invitationSchema, await readJson(request, response));
    const pass = await deps.invitations.redeem(code);
    response.json({ ...ticket(pass), userId: pass.user });
  });

  // Nothing is kept yet: the conversation is there with its first message.
  router.post(`${BASE}/conversations`, async (request, response) => {
    const pass = given(request) === null ? await admit(request, response) : authorize(request);
    response.status(201).json({ ...ticket(pass), streamUrl: address(request, pass, '-') });
  });

  router.get(`${BASE}/conversations/:id`, (request, response) => {
    const pass = authorize(request);
    response.json({
      ...ticket(pass),
      streamUrl: address(request, pass, String(parseWatermark(request.query.watermark))),
    });
  });

  router.get(`${BASE}/conversations/:id/activities`, async (request, response) => {
    const pass = authorize(request);
    const after = parseWatermark(request.query.watermark);
    const view = {
      key: pass.conversation,
      user: pass.user,
      link: linksFrom(passes, conversationId('webchat', pass.conversation), originOf(request)),
    };
    let set: ActivitySet;
    try {
      set = (await readSet(store, view, after)).set;
    } catch (error) {
      // A polling client stops for good at any error: with nothing new and its own watermark it just asks again.
      log.error({ error: messageOf(error) }, 'webchat: the log could not be read');
      set = { activities: [], watermark: String(after) };
    }
    response.json(set);
  });

  router.post(`${BASE}/conversations/:id/activities`, async (request, response) => {
    const pass = authorize(request);
    await admitMessage(pass);
    response.json({ id: await post(pass, fit(postedSchema, await readJson(request, response)), []) });
  });

  router.post(`${BASE}/conversations/:id/upload`, async (request, response) => {
    const pass = authorize(request);
    await admitMessage(pass);
    const { activity, files } = await readUpload(request, response, limits());
    // What the activity says about its files is of no interest: the files themselves follow.
    const posted = fit(postedSchema, activity ?? { type: 'message' });
    response.json({ id: await post(pass, { ...posted, attachments: null }, files) });
  });

  router.get(`${BASE}/attachments/:file/:seal`, async (request, response) => {
    const found = await store.attachment(request.params.file);
    if (found === null || !passes.isSeal(request.params.seal, found.conversation, found.attachment.id))
      throw notFound('no such file');
    giveOut(response, found.attachment, found.bytes);
  });

  router.use(BASE, () => {
    throw notFound('no such address');
  });
  return router;
}
