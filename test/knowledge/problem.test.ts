import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/knowledge/nearest.ts';
import { formatProblem, inReportOrder, type Problem } from '../../src/knowledge/problem.ts';

const problem = (path: string, line: number, severity: Problem['severity'] = 'error'): Problem => ({
  path,
  line,
  column: 3,
  severity,
  code: 'unknown-phrase',
  message: { zh: '没有这句话术', en: 'there is no such phrase' },
});

describe('a problem', () => {
  it('is written for people and programs', () => {
    expect(formatProblem(problem('intents/a.yml', 7), 'zh')).toBe(
      'intents/a.yml:7:3: error unknown-phrase: 没有这句话术',
    );
    expect(formatProblem(problem('intents/a.yml', 7, 'warning'), 'en')).toBe(
      'intents/a.yml:7:3: warning unknown-phrase: there is no such phrase',
    );
    expect(formatProblem(problem('intents/a.yml', 7))).toBe(
      'intents/a.yml:7:3: error unknown-phrase: 没有这句话术 / there is no such phrase',
    );
  });

  it('is told after those above it, warnings last', () => {
    const unordered = [problem('b', 1, 'warning'), problem('b', 10), problem('b', 9), problem('a', 20)];
    expect(inReportOrder(unordered).map(({ path, line }) => `${path}${line}`)).toEqual(['a20', 'b9', 'b10', 'b1']);
  });
});

describe('the nearest name', () => {
  it('counts edits, a swap of neighbours as one', () => {
    expect([editDistance('', 'abc'), editDistance('title', 'tilte'), editDistance('kitten', 'sitting')]).toEqual([
      3, 1, 3,
    ]);
  });

  it('is what was probably meant, or nothing', () => {
    const known = ['examples', 'title', 'desk', 'steps'];
    expect(['exampels', 'titel', 'Desk', 'colour', ''].map((word) => nearest(word, known))).toEqual([
      'examples',
      'title',
      'desk',
      null,
      null,
    ]);
  });
});
