import { say } from '../problem.ts';
import type { CodePage } from './page.ts';

/** Desks, hours, agents and policies. */
export const DESK_CODES = {
  'unknown-hours': {
    severity: 'error',
    title: say('没有这种值班时间', 'No such hours'),
    why: say('部门引用的 hours 没有写。', 'The desk names hours that are not written down.'),
    fix: say('按提示改正，或在 hours 里加上它。', 'Correct it as suggested, or add it under hours.'),
    wrong: 'service: { title: 客服部, hours: nigth, … }',
    right: 'service: { title: 客服部, hours: night, … }',
  },
  'bad-hours': {
    severity: 'error',
    title: say('时间段不对', 'Hours that do not fit'),
    why: say(
      '每段要先早后晚，段与段不重叠，最晚 24:00。',
      'Each part runs from earlier to later, without overlap, to 24:00 at most.',
    ),
    fix: say('改成 08:30-12:00, 13:30-18:00 这样。', 'Write it like 08:30-12:00, 13:30-18:00.'),
    wrong: 'workdays: "18:00-08:30"',
    right: 'workdays: "08:30-18:00"',
  },
  'never-open': {
    severity: 'error',
    title: say('没有任何值班时间', 'Never open'),
    why: say('答复的时限会永远等不到。', 'A promise would never fall due.'),
    fix: say('至少写 workdays、weekends、holidays 中的一项。', 'Write at least one of workdays, weekends, holidays.'),
    wrong: 'hours: { day: {} }',
    right: 'hours: { day: { workdays: "08:30-18:00" } }',
  },
  'unstaffed-desk': {
    severity: 'error',
    title: say('部门没有坐席', 'Nobody staffs the desk'),
    why: say('转过去的客户没有人接。', 'Who is handed there meets nobody.'),
    fix: say('在 agents 里给至少一位的 desks 加上它。', 'Add it to the desks of at least one agent.'),
    wrong: 'desks: { claims: … }\nagents: [{ number: 8001, name: 林晓, desks: [service] }]',
    right: 'agents: [{ number: 8001, name: 林晓, desks: [service, claims] }]',
  },
  'duplicate-agent': {
    severity: 'error',
    title: say('工号、Slack 编号或微信名重复', 'A number, Slack id or WeChat name twice'),
    why: say('工单会记在别人名下。', 'Tickets would be another’s.'),
    fix: say(
      '给每位坐席不同的工号、Slack 编号和微信名。',
      'Give each agent a number, Slack id and WeChat name of their own.',
    ),
    wrong: '- { number: 8001, name: 林晓, … }\n- { number: 8001, name: 陈好, … }',
    right: '- { number: 8001, name: 林晓, … }\n- { number: 8002, name: 陈好, … }',
  },
  'bot-is-agent': {
    severity: 'error',
    title: say('同一个名字既是机器人又是坐席', 'A bot that is an agent'),
    why: say(
      '群里这个人说的话会被当作机器人的，没有人理。',
      'What this person says in a group would be taken for a bot’s, and ignored.',
    ),
    fix: say('从 groups.yml 的 bots 里删去坐席的名字。', 'Remove the agent’s name from bots in groups.yml.'),
    wrong: 'bots: [林晓]',
    right: 'bots: [打卡小助手]',
  },
  'bad-pattern': {
    severity: 'error',
    title: say('规则（正则）写法有误', 'Not a valid pattern'),
    why: say('括号或符号不对，程序认不出单号。', 'Brackets or signs do not fit, so nothing can match.'),
    fix: say(
      '检查括号是否成对；YAML 双引号里的反斜杠要写两个。',
      'Check the brackets; within double quotes write two backslashes.',
    ),
    wrong: 'pattern: "[1-9][0-9{7}"',
    right: 'pattern: "[1-9][0-9]{7}"',
  },
  'not-linear-pattern': {
    severity: 'error',
    title: say('规则可能会卡住', 'Not a linear-time pattern'),
    why: say(
      '环视和反向引用会让一条很长的消息把程序拖住。',
      'Look-around and back-references can stall on one long message.',
    ),
    fix: say('去掉 (?=…)、(?<…) 和 \\1，分成两条规则或列出可能。', 'Do without (?=…), (?<…) and \\1.'),
    wrong: 'pattern: "(?=\\\\d)YS\\\\d{8}"',
    right: 'pattern: "YS\\\\d{8}"',
  },
  'example-mismatch': {
    severity: 'error',
    title: say('示例单号不符合规则', 'The example does not match'),
    why: say('机器人会把示例说给客户看，它必须是对的。', 'The example is shown to customers and must be right.'),
    fix: say('改示例或改 pattern。', 'Correct the example or the pattern.'),
    wrong: 'waybill: { pattern: "\\\\d{8}", example: "123" }',
    right: 'waybill: { pattern: "\\\\d{8}", example: "12345678" }',
  },
  'holiday-and-workday': {
    severity: 'error',
    title: say('同一天又是假日又是工作日', 'Both a holiday and a workday'),
    why: say('时限会算错。', 'Promises would be reckoned wrongly.'),
    fix: say(
      '只留一处：放假写 holidays，调休上班写 workdays。',
      'Keep one: days off under holidays, make-up days under workdays.',
    ),
    wrong: 'holidays: { 2027-02-07: 春节 }\nworkdays: [2027-02-07]',
    right: 'workdays: [2027-02-07]',
  },
  'unknown-year': {
    severity: 'warning',
    title: say('还没有这一年的节假日', 'The holidays of a year are not known'),
    why: say(
      '最晚两个月后就会用到；不知道假日，答复的日期会算错。',
      'They are needed within two months; promised dates would be wrong.',
    ),
    fix: say(
      '在 policies.yml 的 calendar 里写上这一年的 holidays 和调休 workdays。',
      'Write the year’s holidays and make-up workdays under calendar in policies.yml.',
    ),
    wrong: 'calendar: {}',
    right: 'calendar:\n  holidays: { 2027-01-01: 元旦 }\n  workdays: []',
  },
  'policy-out-of-range': {
    severity: 'warning',
    title: say('规定的数字不合常理', 'A policy’s number makes no sense'),
    why: say(
      '负的天数、费用多半是打错了，答案会跟着错。',
      'Days or fees below nothing are slips, and answers repeat them.',
    ),
    fix: say('核对后改正这个数。', 'Check and correct the number.'),
    wrong: 'remit_days: -15',
    right: 'remit_days: 15',
  },
  'retention-out-of-range': {
    severity: 'error',
    title: say('资料保存的时间不合适', 'A time of keeping out of bounds'),
    why: say(
      '太短会删掉还用得着的记录（核对失败要记到限次的时间过去，审计不少于 180 天），太长则违背“够用即删”。',
      'Too short, and what is still needed is deleted (wrong proofs count for a time, an audit proves little below 180 days); too long, and more is kept than is needed.',
    ),
    fix: say('改成提示里的范围，例如 730d。', 'Choose a time within the bounds told, e.g. 730d.'),
    wrong: 'retention: { messages: 1d }',
    right: 'retention: { messages: 730d }',
  },
} as const satisfies Record<string, CodePage>;
