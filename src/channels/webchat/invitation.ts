import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { sameSecret } from '../../core/secret.ts';
import type { Store } from '../../core/store.ts';
import { forbidden } from './failure.ts';
import { newConversationKey, type Pass } from './token.ts';

/** How long an invitation can be taken up. */
export const INVITATION_MS = 30 * 60_000;

/** A one-time way into a conversation that was begun for one person elsewhere, e.g. in a group where nothing private is said. */
export interface Invitations {
  /** The conversation it opens, and the code for the page's address. */
  invite(person: { readonly id: string; readonly name?: string }): { readonly pass: Pass; readonly code: string };
  /** Throws 403 for what we did not sign, what is too old, and what somebody has taken up. */
  redeem(code: string): Promise<Pass>;
}

const contentsSchema = z.object({ conv: z.string(), user: z.string(), name: z.string().optional(), until: z.number() });

export function createInvitations(secret: string, store: Pick<Store, 'settingOnce'>, clock: Clock): Invitations {
  const sign = (text: string): string => createHmac('sha256', secret).update(`invitation ${text}`).digest('base64url');
  return {
    invite({ id, name }) {
      // The page's own ids begin so; whoever reads the address learns nothing of the person.
      const user = `dl_i_${createHash('sha256').update(`${secret} ${id}`).digest('hex').slice(0, 24)}`;
      const pass = { conversation: newConversationKey(), user, ...(name === undefined ? {} : { name }) };
      const contents = { conv: pass.conversation, user, name, until: clock.now().getTime() + INVITATION_MS };
      const text = Buffer.from(JSON.stringify(contents)).toString('base64url');
      return { pass, code: `${text}.${sign(text)}` };
    },
    async redeem(code) {
      const [text = '', signature = ''] = code.split('.');
      if (!sameSecret(signature, sign(text))) throw forbidden('Forbidden', 'the invitation is not valid');
      const { conv, user, name, until } = contentsSchema.parse(
        JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
      );
      if (until <= clock.now().getTime()) throw forbidden('TokenExpired', 'the invitation has expired');
      const taker = randomBytes(12).toString('base64url');
      if ((await store.settingOnce(`webchat.invitation.${conv}`, taker)) !== taker)
        throw forbidden('Forbidden', 'the invitation has been taken up');
      return { conversation: conv, user, ...(name === undefined ? {} : { name }) };
    },
  };
}
