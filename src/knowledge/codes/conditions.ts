import { say } from '../problem.ts';
import type { CodePage } from './page.ts';
import type { VariableCode } from './variables.ts';

/** Conditions and other expressions: how they are written, and what can never hold. */
export const CONDITION_CODES = {
  'bad-condition': {
    severity: 'error',
    title: say('条件写法有误', 'Not a valid condition'),
    why: say('括号、引号、运算符或函数名不对。', 'Brackets, quotes, operators or a function’s name are wrong.'),
    fix: say(
      '等于写 ==，并且写 &&，或者写 ||，文字加英文双引号。',
      'Write == for equals, && for and, || for or, and put text in double quotes.',
    ),
    wrong: 'when: order.status = "signed"',
    right: 'when: order.status == "signed"',
  },
  'condition-type': {
    severity: 'error',
    title: say('比较或计算的两边种类不同', 'Values that do not go together'),
    why: say(
      '时间、日期、数字、文字不能混着比，这样的条件永远不成立或会出错。',
      'Times, days, numbers and text cannot be mixed: the condition never holds, or fails.',
    ),
    fix: say(
      '时间先用 days_since(…)、day_after(…, 0) 变成天数或日期；数字不加引号，文字加引号。',
      'Turn times into days with days_since(…) or day_after(…, 0); quote text, not numbers.',
    ),
    wrong: 'when: order.shipped_at > 15',
    right: 'when: days_since(order.shipped_at) > 15',
  },
  'unknown-value': {
    severity: 'error',
    title: say('这个字段不会有这个值', 'A value the field never has'),
    why: say(
      'sources.yml 的 values 里没有它，条件永远不成立。',
      'It is not among the field’s values in sources.yml, so the condition never holds.',
    ),
    fix: say(
      '按提示改正，或在 sources.yml 的 values 里加上它。',
      'Correct it as suggested, or add it to the values in sources.yml.',
    ),
    wrong: 'when: payment.status == "remited"',
    right: 'when: payment.status == "remitted"',
  },
  'unreachable-branch': {
    severity: 'error',
    title: say('永远轮不到的分支', 'A branch that never runs'),
    why: say(
      '前面的分支已经包括了它，或它的条件自相矛盾。',
      'The branches before take all of it, or its condition contradicts itself.',
    ),
    fix: say('改正条件，调整先后，或删去这个分支。', 'Correct the condition, change the order, or remove the branch.'),
    wrong: '- when: order != null\n- when: order.status == "lost"',
    right: '- when: order != null && order.status == "lost"\n- when: order != null',
  },
  'repeated-condition': {
    severity: 'error',
    title: say('同一个条件写了两次', 'The same condition twice'),
    why: say('第二个永远轮不到。', 'The second never runs.'),
    fix: say('合成一个分支，或改正其中一个条件。', 'Make them one branch, or correct one condition.'),
    wrong: '- when: order.status == "lost"\n  say: a\n- when: order.status == "lost"\n  say: b',
    right: '- when: order.status == "lost"\n  say: [a, b]',
  },
} as const satisfies Record<string, CodePage>;

export type ConditionCode = keyof typeof CONDITION_CODES | VariableCode;
