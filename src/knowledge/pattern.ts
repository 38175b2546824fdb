import { RE2JS } from 're2js';
import { say, type Problem } from './problem.ts';

/** Look-around and back-references: what linear-time patterns do not have. */
const NOT_LINEAR = /\(\?(?:[=!]|<[=!])|\\[1-9]|\\k<|\(\?>|[*+?}]\+/;

/** Why a pattern cannot be used, or null. Only RE2 is taken: it never takes longer than the text is long. */
export function patternMistake(
  pattern: string,
): { readonly code: 'bad-pattern' | 'not-linear-pattern'; readonly message: Problem['message'] } | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    if (NOT_LINEAR.test(pattern)) {
      return {
        code: 'not-linear-pattern',
        message: say(
          '这里不能用环视 (?=…) 或反向引用 \\1，它们会让程序卡住，请换一种写法',
          'look-around (?=…) and back-references \\1 cannot be used: they could stall the program; write it another way',
        ),
      };
    }
    const words = error instanceof Error ? error.message : String(error);
    return {
      code: 'bad-pattern',
      message: say(`规则写法有误（RE2 正则）：${words}`, `the pattern is not valid RE2: ${words}`),
    };
  }
}
