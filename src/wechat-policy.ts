import type { WechatPolicy } from './channels/wechat/policy.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import { roomPolicy } from './knowledge/room-policy.ts';

/** What groups.yml, policies.yml and desks.yml say about WeChat, in the channel's words. */
export function wechatPolicyOf({ groups, policies, desks }: Knowledge): WechatPolicy {
  const colleagues = new Set(desks.agents.flatMap(({ wechat }) => (wechat === undefined ? [] : [wechat])));
  return {
    messageLength: policies.limits.message_length,
    attachmentMb: policies.limits.attachment_mb,
    pace: { ...groups.pace, quiet: groups.quiet },
    names: groups.names,
    bots: groups.bots,
    served: (room) => roomPolicy(groups, room).served,
    quiet: (room) => roomPolicy(groups, room).quiet,
    welcome: (room) => roomPolicy(groups, room).welcome,
    isColleague: (name) => colleagues.has(name),
  };
}
