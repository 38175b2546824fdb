import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { ConversationId } from '../../core/message.ts';
import { sameSecret } from '../../core/secret.ts';
import { forbidden, unauthorized } from './failure.ts';
import { forgetOldest } from '../../core/bounded-map.ts';

export const TOKEN_SECONDS = 3600;
/** A customer who comes back within so long after the token ran out gets the same conversation, and the answer that came meanwhile. */
const RENEWAL_SECONDS = 7 * 24 * 3600;
/** A stream's address stands in logs of proxies, so what it carries lives briefly and opens nothing else. */
const STREAM_SECONDS = 300;

/** Who may read and write which conversation. */
export interface Pass {
  /** Key of the conversation (without the channel). */
  readonly conversation: string;
  readonly user: string;
  readonly name?: string;
}

export interface Passes {
  /** A JSON web token, as Direct Line clients expect: they read `user` from it. */
  token(pass: Pass): string;
  streamToken(pass: Pass): string;
  /** Throws 401 for what we did not sign, 403 for what has expired or is for another use. */
  read(token: string, use: 'token' | 'stream' | 'renewal'): Pass;
  /** Signs the address of a conversation's file, for as long as the file is kept. */
  seal(conversation: ConversationId, attachment: string): string;
  isSeal(seal: string, conversation: ConversationId, attachment: string): boolean;
  /** The same file of the same message always has the same id, so a repeated upload stores nothing twice. */
  attachmentId(message: string, index: number): string;
}

/** A conversation's key is unguessable: who knows it still needs a token. */
export const newConversationKey = (): string => randomBytes(16).toString('base64url');
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Tokens read lately, which need not be proved again: a client shows the same one with each message. */
const REMEMBERED = 5000;

const HEADER = encode({ alg: 'HS256', typ: 'JWT' });
const claimsSchema = z.object({
  conv: z.string(),
  user: z.string(),
  name: z.string().optional(),
  use: z.enum(['token', 'stream']),
  exp: z.number(),
});
type Claims = z.infer<typeof claimsSchema>;

export function createPasses(secret: string, clock: Clock): Passes {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const issue = (pass: Pass, use: 'token' | 'stream', seconds: number): string => {
    const issued = Math.floor(clock.now().getTime() / 1000);
    const claims = {
      conv: pass.conversation,
      user: pass.user,
      name: pass.name,
      use,
      iat: issued,
      exp: issued + seconds,
      jti: randomBytes(6).toString('base64url'),
    };
    const text = `${HEADER}.${encode(claims)}`;
    return `${text}.${sign(text)}`;
  };

  const proved = new Map<string, Claims>();
  /** Throws 401 for what we did not sign. */
  function prove(token: string): Claims {
    const known = proved.get(token);
    if (known !== undefined) return known;
    const [header, payload, signature, ...rest] = token.split('.');
    if (
      header !== HEADER ||
      !payload ||
      !signature ||
      rest.length > 0 ||
      !sameSecret(signature, sign(`${header}.${payload}`))
    ) {
      throw unauthorized('the token is not valid');
    }
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    proved.set(token, claims);
    forgetOldest(proved, REMEMBERED);
    return claims;
  }

  return {
    token: (pass) => issue(pass, 'token', TOKEN_SECONDS),
    streamToken: (pass) => issue(pass, 'stream', STREAM_SECONDS),
    read(token, use) {
      const claims = prove(token);
      const until = claims.exp + (use === 'renewal' && claims.use === 'token' ? RENEWAL_SECONDS : 0);
      if (until * 1000 <= clock.now().getTime()) throw forbidden('TokenExpired', 'the token has expired');
      // An ordinary token may open a stream; a stream's token opens nothing else.
      if (claims.use === 'stream' && use !== 'stream') throw forbidden('Forbidden', 'this token is for a stream only');
      return { conversation: claims.conv, user: claims.user, ...(claims.name ? { name: claims.name } : {}) };
    },
    seal: (conversation, attachment) => sign(`attachment ${conversation} ${attachment}`),
    isSeal: (seal, conversation, attachment) => sameSecret(seal, sign(`attachment ${conversation} ${attachment}`)),
    attachmentId: (message, index) => sign(`file ${index} ${message}`),
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
