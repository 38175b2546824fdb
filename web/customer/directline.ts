import { fieldsOf, textOf } from '../browser/value.ts';
import { readActivitySet, type ActivitySet } from './activity.ts';
import { errorWords, Failure, failureOfStatus, kindOf } from './failure.ts';
import { upload } from './upload.ts';

/** The Direct Line 3.0 calls that the page makes, one function each. All throw Failure. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
  /** When the token ends; ms since 1970. */
  readonly expiresAt: number;
  /** For how long the token was given; ms. */
  readonly lifetime: number;
  readonly userId: string;
}

export interface Outgoing {
  /** Made once and sent again unchanged with every try, so that the server can tell a repeat. */
  readonly clientId: string;
  readonly text: string;
  readonly pictures: readonly File[];
}

const ROOT = '/v3/directline';
const PATIENCE = 12_000;

async function call(method: string, path: string, token?: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(ROOT + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new Failure('unreachable', String(error));
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failureOfStatus(response.status, errorWords(answer));
  return answer;
}

/** A token of our own for `userId`, and the conversation it is bound to. */
export async function openSession(userId: string, locale: string): Promise<Session> {
  try {
    const token = readSession(
      await call('POST', '/tokens/generate', undefined, { user: { id: userId }, locale }),
      userId,
    );
    return readSession(await call('POST', '/conversations', token.token, { locale }), userId, token);
  } catch (error) {
    // A server that gives nobody a token may do so later; there is no conversation that could be gone.
    if (kindOf(error) === 'gone') throw new Failure('busy', String(error));
    throw error;
  }
}

/** The conversation that was begun for this customer elsewhere. */
export async function redeemInvitation(code: string): Promise<Session> {
  const answer = await call('POST', '/tokens/redeem', undefined, { code });
  const userId = textOf(fieldsOf(answer)['userId']);
  if (userId === undefined) throw new Failure('busy', 'no user in the answer');
  return readSession(answer, userId);
}

export async function refreshSession(session: Session): Promise<Session> {
  return readSession(await call('POST', '/tokens/refresh', session.token), session.userId, session);
}

function readSession(answer: unknown, userId: string, before?: Session): Session {
  const fields = fieldsOf(answer);
  const token = textOf(fields['token']) ?? before?.token;
  const conversationId = textOf(fields['conversationId']) ?? before?.conversationId;
  if (token === undefined || conversationId === undefined) throw new Failure('busy', 'no token in the answer');
  const lifetime = (typeof fields['expires_in'] === 'number' ? fields['expires_in'] : 1800) * 1000;
  return { conversationId, token, userId, lifetime, expiresAt: Date.now() + lifetime };
}

const at = (session: Session): string => `/conversations/${encodeURIComponent(session.conversationId)}`;
const since = (watermark: string | undefined): string =>
  watermark === undefined ? '' : `?watermark=${encodeURIComponent(watermark)}`;

export async function fetchActivities(session: Session, watermark: string | undefined): Promise<ActivitySet> {
  return readActivitySet(await call('GET', `${at(session)}/activities${since(watermark)}`, session.token));
}

/** Where to listen for what comes after `watermark`. */
export async function fetchStreamUrl(session: Session, watermark: string | undefined): Promise<string | undefined> {
  return textOf(fieldsOf(await call('GET', at(session) + since(watermark), session.token))['streamUrl']);
}

/** Gives the id of the message in the log. The same `clientId` is one message, however often it is sent. */
export async function postMessage(
  session: Session,
  message: Outgoing,
  locale: string,
  onProgress: (part: number) => void,
): Promise<string> {
  const activity = {
    type: 'message',
    from: { id: session.userId },
    text: message.text,
    textFormat: 'plain',
    locale,
    channelData: { clientActivityID: message.clientId },
  };
  const answer =
    message.pictures.length === 0
      ? await call('POST', `${at(session)}/activities`, session.token, activity)
      : await upload(
          `${ROOT}${at(session)}/upload?userId=${encodeURIComponent(session.userId)}`,
          session.token,
          activity,
          message.pictures,
          onProgress,
        );
  return textOf(fieldsOf(answer)['id']) ?? '';
}
