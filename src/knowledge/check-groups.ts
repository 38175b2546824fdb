import { unknownName, type Checking } from './check.ts';
import { say } from './problem.ts';

/** groups.yml: the desks of a room exist, and nobody of a desk is listed as a program. */
export function checkGroups({ draft, report }: Checking): void {
  const file = draft.groups;
  if (!file) return;
  const desks = Object.keys(draft.desks?.value.desks ?? {});
  for (const [name, room] of Object.entries(file.value.rooms)) {
    for (const [index, desk] of (room.desks ?? []).entries()) {
      if (draft.desks && !desks.includes(desk)) {
        report(file.at(['rooms', name, 'desks', index]), 'unknown-desk', unknownName('部门', 'desk', desk, desks));
      }
    }
  }
  const colleagues = new Set(draft.desks?.value.agents.map((agent) => agent.wechat));
  for (const [index, bot] of file.value.bots.entries()) {
    if (colleagues.has(bot)) {
      report(
        file.at(['bots', index]),
        'bot-is-agent',
        say(
          `“${bot}”是 desks.yml 里的坐席，请从 bots 里去掉`,
          `"${bot}" is an agent in desks.yml; take it off the list of bots`,
        ),
      );
    }
  }
}
