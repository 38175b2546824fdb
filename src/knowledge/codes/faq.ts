import { say } from '../problem.ts';
import type { CodePage } from './page.ts';

/** Frequent questions and their answers. */
export const FAQ_CODES = {
  'bad-markdown': {
    severity: 'error',
    title: say('Markdown 开头没有写完', 'The head of the file is not closed'),
    why: say('开头的 --- 要有第二个 --- 结束。', 'The --- at the top needs a second one.'),
    fix: say('在 owner 等几行后面另起一行写 ---。', 'Put --- on a line of its own after owner and the like.'),
    wrong: '---\nowner: 林晓\n## 可以寄花吗',
    right: '---\nowner: 林晓\n---\n## 可以寄花吗',
  },
  'faq-without-owner': {
    severity: 'error',
    title: say('答案没有负责人', 'An answer without an owner'),
    why: say('答案会过时，要有人负责更新。', 'Answers grow old, and somebody must renew them.'),
    fix: say(
      '写上 owner: 姓名；Markdown 写在文件开头的两个 --- 之间。',
      'Write owner: name; in Markdown between the two --- at the top.',
    ),
    wrong: '- question: 几点上班\n  answer: 每天八点',
    right: '- question: 几点上班\n  answer: 每天八点\n  owner: 林晓',
  },
  'faq-without-answer': {
    severity: 'error',
    title: say('问题下面没有答案', 'A question without an answer'),
    why: say('客户问到时会没有话可说。', 'Who asks it would get nothing.'),
    fix: say('在“> 其他问法”的后面写上答案。', 'Write the answer below the other wordings.'),
    wrong: '## 可以寄花吗\n> 花能走吗',
    right: '## 可以寄花吗\n> 花能走吗\n\n可以，请包好根部。',
  },
  'bad-date': {
    severity: 'error',
    title: say('没有这一天', 'Not a real date'),
    why: say('日历上没有这个日期。', 'The calendar has no such day.'),
    fix: say('写成真实的日期，例如 2026-02-28。', 'Write a real date such as 2026-02-28.'),
    wrong: 'valid_until: 2026-02-30',
    right: 'valid_until: 2026-02-28',
  },
  'dates-reversed': {
    severity: 'error',
    title: say('失效日早于生效日', 'Ends before it begins'),
    why: say('这条答案一天也不会用。', 'The answer would never be given.'),
    fix: say('对调或改正两个日期。', 'Swap or correct the two dates.'),
    wrong: 'valid_from: 2026-10-08\nvalid_until: 2026-10-01',
    right: 'valid_from: 2026-10-01\nvalid_until: 2026-10-08',
  },
  'expired-answer': {
    severity: 'warning',
    title: say('答案已经过期', 'An expired answer'),
    why: say('过期的答案不再给客户看，这个问题就没有答案了。', 'It is no longer given, so the question has no answer.'),
    fix: say('更新内容和 valid_until，或删去这一条。', 'Renew it and its valid_until, or remove it.'),
    wrong: 'valid_until: 2024-02-20',
    right: 'valid_until: 2027-02-20',
  },
  'not-yet-valid': {
    severity: 'warning',
    title: say('答案还没有生效', 'Not yet valid'),
    why: say('生效以前客户看不到它；确认这是您要的。', 'Until then nobody sees it; make sure this is meant.'),
    fix: say(
      '不用改；想马上生效就把 valid_from 提前或删去。',
      'Nothing, if it is meant; else move or remove valid_from.',
    ),
    wrong: 'valid_from: 2099-01-01',
    right: 'valid_from: 2026-01-01',
  },
  'duplicate-question': {
    severity: 'error',
    title: say('同一个问题写了两遍', 'A question twice'),
    why: say('改了一处忘了另一处，答案就会不一致。', 'Sooner or later one of the two is forgotten.'),
    fix: say('只保留一处。', 'Keep one.'),
    wrong: '- question: 几点上班\n  similar: [几点上班？]',
    right: '- question: 几点上班\n  similar: [什么时候营业]',
  },
  'contradicting-answers': {
    severity: 'error',
    title: say('同一个问题有两个答案', 'Two answers to one question'),
    why: say('客户会得到两种说法。', 'Customers would be told two things.'),
    fix: say(
      '核对后只保留对的那条；按季节不同的，用 valid_from、valid_until 错开。',
      'Keep the right one; seasonal answers are kept apart by their dates.',
    ),
    wrong: '- question: 几点上班\n  answer: 八点\n…\n- question: 几点上班\n  answer: 九点',
    right: '- question: 几点上班\n  answer: 八点',
  },
  'similar-question': {
    severity: 'warning',
    title: say('几乎一样的问题，答案不同', 'Nearly the same question, other answer'),
    why: say(
      '只差“请问、吗”这样的词，两个答案可能互相矛盾。',
      'They differ in courtesy only; the answers may contradict.',
    ),
    fix: say(
      '合成一条，把另一种问法写进 similar（Markdown 用 > ）。',
      'Make them one entry, the other wording under similar.',
    ),
    wrong: '- question: 几点上班\n…\n- question: 请问几点上班呢',
    right: '- question: 几点上班\n  similar: [请问几点上班呢]',
  },
} as const satisfies Record<string, CodePage>;
