import type { Problem } from './problem.ts';
import { say } from './problem.ts';

/** A wording that our own sentences never have. */
export interface Wording {
  readonly pattern: RegExp;
  /** rude: refuses, blames or brushes off. informal: not how we speak. */
  readonly kind: 'rude' | 'informal';
  readonly instead: Problem['message'];
}

/** What stands in quotation marks are somebody else's words, e.g. what the customer may reply. */
export const QUOTED = /“[^”]*”|「[^」]*」|‘[^’]*’/g;

const rude = (pattern: RegExp, zh: string, en: string): Wording => ({ pattern, kind: 'rude', instead: say(zh, en) });
const informal = (pattern: RegExp, zh: string, en: string): Wording => ({
  pattern,
  kind: 'informal',
  instead: say(zh, en),
});

/** One list, so that a trainer can read it; each with what to say instead. */
export const WORDINGS: readonly Wording[] = [
  rude(
    /不归(?:我|我们|这边)管|不是(?:我|我们)(?:的事|负责|管的)|跟(?:我|我们)(?:没有?关系|无关)/,
    '说明由谁办、何时办，例如“我们请理赔的同事来办，2小时内联系您”',
    'say who takes it on, and by when',
  ),
  rude(
    /(?:这|那)?是(?:系统|电脑|程序|总部|公司规定|司机|网点|别的部门)的(?:问题|错|责任|规定)|系统就?是?这样|系统问题/,
    '先致歉，再说我们怎么处理，不把责任推给系统或别人',
    'apologise and say what we do; do not blame the system or others',
  ),
  rude(
    /没(?:有)?办法|无能为力|爱莫能助|办不到|做不到|帮不了|没法(?:子|处理|查|办)/,
    '说我们能做什么，例如“我们帮您转给……核实”',
    'say what we can do',
  ),
  rude(
    /(?:^|[，。；！？]|我们?|这个?|那个?|也)(?:不知道|不清楚|不晓得)(?!的|[^，。]*(?:没关系|也行|也可以))/,
    '说“我们帮您核实一下，……前答复您”',
    'say that we find out, and by when',
  ),
  rude(
    /你自己|(?<!不让|不用|不必|不要)您自己(?:看|查|想|找|负责|承担|解决|去|联系)|自己(?:看|查|想办法)吧|自行(?:解决|处理|负责)/,
    '把要做的一步说清楚，并主动帮忙',
    'say the next step plainly, and offer help',
  ),
  rude(
    /(?<!稍)(?<!您)等着|慢慢等|等就(?:行|是)了|急什么|着急也没用|催(?:什么|也没用)/,
    '说出时间，例如“最晚15:30答复您”',
    'give a time',
  ),
  rude(
    /不可能|绝对不会(?:是)?我们|肯定是(?:您|你)|是(?:您|你)(?:弄错|搞错|记错|填错|写错)|怎么可能/,
    '不和客户争对错，说我们怎么核对',
    'do not argue; say how we check',
  ),
  rude(
    /(?:您|你)(?:应该|必须|怎么)(?:早点?|先|不)|谁(?:让|叫)(?:您|你)|早干(?:嘛|什么)/,
    '不责怪客户，直接说现在可以怎么办',
    'do not blame; say what can be done now',
  ),
  rude(
    /爱(?:信|要|寄|发)不|随便(?:您|你)|投诉(?:也没用|去吧)|有本事|关我(?:们)?什么事|少废话|闭嘴|有病|神经病|滚(?!动|筒|轮)/,
    '请删去，换成礼貌的说法',
    'remove it and speak politely',
  ),
  rude(
    /\b(?:not (?:our|my) (?:problem|fault|job)|calm down|you should have|that'?s impossible|can'?t help you|nothing (?:we|i) can do|figure it out yourself)\b/i,
    '说我们能做什么，不推脱、不责怪',
    'say what we can do; do not refuse or blame',
  ),
  informal(/(?<!迷)你/, '请用“您”，不写“你”“你们”', 'use 您, not 你 or 你们'),
  informal(/(?<!自)我(?!们|司|国|公司|方|市|省)/, '请用“我们”，不单独写“我”', 'use 我们, not 我 alone'),
  informal(
    /(?<!亲)亲(?=[，,~～！!])|亲亲|宝子|哈哈|呵呵|嘿嘿|嗯哼|哦了/,
    '请用平实礼貌的书面语',
    'use plain and polite words',
  ),
];
