import { say } from '../problem.ts';
import type { CodePage } from './page.ts';

/** Phrases: that they are there, can be said, and are polite. */
export const PHRASE_CODES = {
  'bad-template': {
    severity: 'error',
    title: say('话术里的 {{ }} 写错了', 'Not a valid phrase'),
    why: say(
      '括号没有成对、过滤器或标签不存在，这句话说不出来。',
      'Braces do not match, or a filter or tag does not exist.',
    ),
    fix: say(
      '检查 {{ }} 和 {% if %}…{% endif %} 是否成对、过滤器名是否正确。',
      'Check that {{ }} and {% if %}…{% endif %} match, and the filters’ names.',
    ),
    wrong: '应付 {{ payment.amount | mony }}',
    right: '应付 {{ payment.amount | money }}',
  },
  'duplicate-phrase': {
    severity: 'error',
    title: say('话术写在了两处', 'A phrase in two places'),
    why: say('不知道以哪一处为准。', 'Neither is clearly meant.'),
    fix: say('只保留一处；想要几种说法就写成列表。', 'Keep one; for several wordings write a list.'),
    wrong: 'a.yml: order.where: …\nb.yml: order.where: …',
    right: 'order.where:\n  - 货在……\n  - 您的货到了……',
  },
  'missing-phrase': {
    severity: 'error',
    title: say('缺少程序要用的话术', 'A phrase of the engine is missing'),
    why: say(
      '问单号、核对身份、转人工这些话，程序自己要说。',
      'The program itself says these: asking, proving, handing over.',
    ),
    fix: say('在 knowledge/phrases/engine.yml 里补上这个键。', 'Add the key to knowledge/phrases/engine.yml.'),
    wrong: '(no handover.done)',
    right: 'handover.done: 好的，已经请同事接手，工单 {{ ticket.id }}。',
  },
  'unused-phrase': {
    severity: 'warning',
    title: say('没有人用的话术', 'A phrase nobody uses'),
    why: say(
      '改了它也不会有人看到；也可能是用的地方写错了名字。',
      'Changing it has no effect; or its name is misspelt where it was meant.',
    ),
    fix: say('删去它，或在流程里用上它。', 'Remove it, or use it in a flow.'),
    wrong: 'order.old-wording: 已经不用的话',
    right: 'steps:\n  - say: order.where',
  },
  'rude-wording': {
    severity: 'error',
    title: say('生硬或推脱的话', 'Rude or evasive wording'),
    why: say('不推脱、不责怪、不争辩，是对客户最起码的礼貌。', 'We do not evade, blame or argue.'),
    fix: say(
      '按提示换一种说法：先致歉，再说我们做什么、什么时候。',
      'Say it as suggested: apologise, then what we do and when.',
    ),
    wrong: '这是系统的问题，没办法。',
    right: '真抱歉，我们马上请同事核实，最晚15:30答复您。',
  },
  'informal-wording': {
    severity: 'warning',
    title: say('用词不合客服规范', 'Too familiar'),
    why: say('对客户称“您”，自称“我们”。', 'Customers are 您, and we are 我们.'),
    fix: say('“你”改“您”，“我”改“我们”；引用客户的话请加“ ”。', 'Use 您 and 我们; put quoted words in “ ”.'),
    wrong: '你好，我帮你查。',
    right: '您好，我们帮您查。',
  },
} as const satisfies Record<string, CodePage>;
