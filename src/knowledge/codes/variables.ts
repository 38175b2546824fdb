import { say } from '../problem.ts';
import type { CodePage } from './page.ts';

/** What phrases and conditions name. */
export const VARIABLE_CODES = {
  'unknown-variable': {
    severity: 'error',
    title: say('没有这个变量', 'No such variable'),
    why: say('流程里没有任何一步给出它，话说不出来。', 'No step gives it, so the phrase cannot be said.'),
    fix: say(
      '按提示改正；记录要先 find，算出来的值要先 set。',
      'Correct it as suggested; records are found with find, values named with set.',
    ),
    wrong: 'when: ordre == null',
    right: 'when: order == null',
  },
  'unknown-field': {
    severity: 'error',
    title: say('没有这个字段', 'No such field'),
    why: say('sources.yml 里这种记录没有这一列。', 'The record has no such field in sources.yml.'),
    fix: say(
      '按提示改正，或在 sources.yml 的 fields 里加上它。',
      'Correct it as suggested, or add it to the fields in sources.yml.',
    ),
    wrong: '{{ order.loction }}',
    right: '{{ order.location }}',
  },
  'unknown-policy': {
    severity: 'error',
    title: say('没有这条规定', 'No such policy'),
    why: say('policies.yml 里没有这个名字。', 'There is no such name in policies.yml.'),
    fix: say('按提示改正，或在 policies.yml 里加上它。', 'Correct it as suggested, or add it to policies.yml.'),
    wrong: '{{ policy.remit_day }}',
    right: '{{ policy.remit_days }}',
  },
  'variable-not-provided': {
    severity: 'error',
    title: say('话里的变量到这里还没有', 'A variable that is not there yet'),
    why: say(
      '走到这句话的某条路上，没有哪一步给出它；客户会看到道歉而不是答案。',
      'On some path to this phrase no step has given it; the customer would get an apology instead of an answer.',
    ),
    fix: say(
      '在这一步之前 find、set 或 ticket；或在话术里写 {% if … %} 包起来。',
      'Put find, set or ticket before this step; or wrap it in {% if … %} in the phrase.',
    ),
    wrong: '- say: claim.opened        # 工单 {{ ticket.id }}\n- ticket: { summary: 理赔 }',
    right: '- ticket: { summary: 理赔 }\n- say: claim.opened',
  },
  'maybe-missing': {
    severity: 'error',
    title: say('记录可能没有查到', 'The record may not have been found'),
    why: say('find 查不到时是空的，话里就会缺一块。', 'find may give nothing, and the phrase would have a hole.'),
    fix: say('先用 choose 把 “== null” 的情况分开，再说这句话。', 'Branch on == null with choose before saying it.'),
    wrong: '- find: outlet\n  by: { city: slots.city }\n- say: outlet.address',
    right:
      '- find: outlet\n  by: { city: slots.city }\n- choose:\n    - when: outlet == null\n      say: outlet.none\n    - otherwise:\n      say: outlet.address',
  },
  'private-before-proof': {
    severity: 'error',
    title: say('核对身份以前用了私密字段', 'A private field before proof'),
    why: say(
      '私密字段在 verify 通过以前、在群里都看不到；说出来会泄露，判断也会错。',
      'Private fields are not there before verify, nor in a group: nothing may be told, and conditions would be wrong.',
    ),
    fix: say('在这一步前面加 verify: owner。', 'Put verify: owner before this step.'),
    wrong: '- find: order\n  by: { waybill: slots.waybill }\n- say: order.receiver',
    right: '- find: order\n  by: { waybill: slots.waybill }\n- verify: owner\n- say: order.receiver',
  },
  'filter-type': {
    severity: 'error',
    title: say('过滤器用错了地方', 'A filter on the wrong kind of value'),
    why: say(
      'money 要数字，moment 要时间；用错了这句话说不出来。',
      'money takes a number, moment a time; otherwise the phrase cannot be said.',
    ),
    fix: say('换成合适的过滤器，或换一个字段。', 'Use another filter, or another field.'),
    wrong: '{{ order.shipped_at | money }}',
    right: '{{ order.shipped_at | day }}',
  },
} as const satisfies Record<string, CodePage>;

export type VariableCode = keyof typeof VARIABLE_CODES | 'unknown-slot';
