import type { DeskDirectory } from './core/desk.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import { promiseOf } from './replying/promise.ts';
import { botName } from './replying/turn-commit.ts';

/** Who works where, as desks.yml says now. */
export function deskDirectory(knowledge: () => Knowledge): DeskDirectory {
  return {
    desks: () =>
      Object.entries(knowledge().desks.desks).map(([id, { title, slack_channel }]) => ({ id, title, slack_channel })),
    noticeDesk: () => knowledge().desks.default_desk,
    agents: () => knowledge().desks.agents,
    botName: () => botName(knowledge()),
    agent: (number) => knowledge().desks.agents.find((agent) => agent.number === number) ?? null,
    promise: (desk, at) => promiseOf(knowledge(), desk, 'reply', at).toISOString(),
  };
}
