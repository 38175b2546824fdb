import type { Checking } from './check.ts';
import { unknownName } from './check.ts';
import type { DesksSource } from './format.ts';
import type { Located } from './located.ts';
import { say } from './problem.ts';

/** What tells one agent from another. */
const OWN = [
  ['number', '工号', 'number'],
  ['slack', 'Slack 用户编号', 'Slack user id'],
  ['wechat', '微信名', 'WeChat name'],
] as const;

/** Every desk is open at some time and staffed by somebody; every agent and name is real. */
export function checkDesks({ draft, report }: Checking): void {
  const file = draft.desks;
  if (!file) return;
  const { hours, desks, default_desk, agents } = file.value;
  if (!(default_desk in desks)) {
    report(file.at(['default_desk']), 'unknown-desk', unknownName('部门', 'desk', default_desk, Object.keys(desks)));
  }
  for (const [name, desk] of Object.entries(desks)) {
    if (!(desk.hours in hours)) {
      report(
        file.at(['desks', name, 'hours']),
        'unknown-hours',
        unknownName('值班时间', 'hours', desk.hours, Object.keys(hours)),
      );
    }
    if (!agents.some((agent) => agent.desks.includes(name))) {
      report(
        file.keyAt(['desks', name]),
        'unstaffed-desk',
        say(
          `部门“${name}”没有坐席，请在 agents 里给至少一位加上它`,
          `nobody staffs the desk "${name}"; add it to at least one of the agents`,
        ),
      );
    }
  }
  checkHours(file, report);
  const lineOf = new Map<string, number>();
  for (const [index, agent] of agents.entries()) {
    for (const [key, zh, en] of OWN) {
      const value = agent[key];
      if (value === undefined) continue;
      const place = file.at(['agents', index, key]);
      const earlier = lineOf.get(`${key} ${value}`);
      if (earlier === undefined) lineOf.set(`${key} ${value}`, place.line);
      else
        report(
          place,
          'duplicate-agent',
          say(
            `${zh} ${value} 在第 ${earlier} 行已经用过，每人请用不同的${zh}`,
            `the ${en} ${value} is already used on line ${earlier}; give each agent one of their own`,
          ),
        );
    }
    for (const [number, desk] of agent.desks.entries()) {
      if (!(desk in desks))
        report(
          file.at(['agents', index, 'desks', number]),
          'unknown-desk',
          unknownName('部门', 'desk', desk, Object.keys(desks)),
        );
    }
  }
}

function checkHours(file: Located<DesksSource>, report: Checking['report']): void {
  for (const [name, kinds] of Object.entries(file.value.hours)) {
    const written = Object.entries(kinds).filter(([, ranges]) => ranges !== undefined);
    if (written.length === 0) {
      report(
        file.keyAt(['hours', name]),
        'never-open',
        say(
          `“${name}”没有任何值班时间，请至少写一项`,
          `"${name}" is never open; write at least one of workdays, weekends, holidays`,
        ),
      );
    }
    for (const [kind, ranges = ''] of written) {
      let last = '';
      for (const range of ranges.split(',')) {
        const [from = '', to = ''] = range.trim().split('-');
        if (![from, to].every(isClock) || from >= to || from < last) {
          report(
            file.at(['hours', name, kind]),
            'bad-hours',
            say(
              `“${range.trim()}”不对：每段要先早后晚、互不重叠，最晚 24:00`,
              `"${range.trim()}" is not right: each part runs from earlier to later, without overlap, to 24:00 at most`,
            ),
          );
        }
        last = to;
      }
    }
  }
}

function isClock(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) || text === '24:00';
}
