import { describe, expect, it } from 'vitest';
import { createInvitations, INVITATION_MS } from '../../../src/channels/webchat/invitation.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { keyOf } from '../../../src/core/message.ts';
import { memoryStore } from '../../store/memory-store.ts';
import { call, post, type WireSet } from './customer.ts';
import { serve } from './served.ts';

describe('an invitation to the page', () => {
  async function open() {
    const clock = fixedClock('2026-11-21T10:00:00+08:00');
    const store = await memoryStore();
    return {
      clock,
      invitations: createInvitations('secret', store, clock),
      others: createInvitations('another', store, clock),
    };
  }
  const zhang = { id: 'wxid_zhang', name: '张三' };

  it('opens the conversation that was begun for the person, once', async () => {
    const { invitations } = await open();
    const { pass, code } = invitations.invite(zhang);
    expect(await invitations.redeem(code)).toEqual(pass);
    await expect(invitations.redeem(code)).rejects.toMatchObject({ status: 403 });
  });

  it('is taken up by one of many who try at once', async () => {
    const { invitations } = await open();
    const { code } = invitations.invite(zhang);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => invitations.redeem(code)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is over after 30 minutes', async () => {
    const { clock, invitations } = await open();
    const [early, late] = [invitations.invite(zhang), invitations.invite(zhang)];
    clock.advance(INVITATION_MS - 1);
    await invitations.redeem(early.code);
    clock.advance(1);
    await expect(invitations.redeem(late.code)).rejects.toMatchObject({ status: 403 });
  });

  it('cannot be made up, nor be changed', async () => {
    const { invitations, others } = await open();
    const { code } = others.invite(zhang);
    for (const wrong of [code, '', '.', 'x.y', invitations.invite(zhang).code.replace(/^./, 'A')])
      await expect(invitations.redeem(wrong)).rejects.toMatchObject({ status: 403 });
  });

  it('does not tell in its address who the person is', async () => {
    const { invitations } = await open();
    const [text = ''] = invitations.invite({ id: 'wxid_zhang' }).code.split('.');
    expect(Buffer.from(text, 'base64url').toString('utf8')).not.toContain('wxid_zhang');
  });

  it('leads from a group to what was begun for the person on the page, over HTTP', async () => {
    const served = await serve();
    try {
      const { conversation, user, query } = served.invite(zhang);
      const carried = {
        channel: 'webchat',
        id: 'g1/private',
        conversation,
        customer: { id: user, name: '张三' },
        group: false,
        text: '12345678到哪了',
        attachments: [],
        context: { carried: true },
        sentAt: served.clock.now().toISOString(),
      };
      await served.store.receive(carried, carried.sentAt);
      await served.say(keyOf(conversation), '请告诉我们手机号的后4位');
      const code = new URL(query, served.url).searchParams.get('visit');
      const redeem = () =>
        post<{ conversationId: string; token: string; userId: string }>(
          `${served.url}/v3/directline/tokens/redeem`,
          undefined,
          { code },
        );
      const { status, body } = await redeem();
      expect(status).toBe(200);
      expect(body).toMatchObject({ conversationId: keyOf(conversation), userId: user });
      const log = await call<WireSet>(`${served.url}/v3/directline/conversations/${body.conversationId}/activities`, {
        token: body.token,
      });
      expect(log.body.activities.map(({ text }) => text)).toEqual(['12345678到哪了', '请告诉我们手机号的后4位']);
      expect((await redeem()).status).toBe(403);
      expect((await post(`${served.url}/v3/directline/tokens/redeem`, undefined, { code: 5 })).status).toBe(400);
    } finally {
      await served.stop();
    }
  });
});
