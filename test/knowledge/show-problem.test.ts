import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesMarkdown, explainCode } from '../../src/knowledge/code-page.ts';
import { CODES, type Code } from '../../src/knowledge/codes.ts';
import type { CodePage } from '../../src/knowledge/codes/page.ts';
import type { Problem } from '../../src/knowledge/problem.ts';
import { showProblem } from '../../src/knowledge/show-problem.ts';

const problem = (column: number): Problem => ({
  path: 'intents/a.yml',
  line: 7,
  column,
  severity: 'error',
  code: 'unknown-phrase',
  message: { zh: '没有这句话术', en: 'there is no such phrase' },
});

describe('a problem shown to a person', () => {
  it('begins with the line that programs read', () => {
    expect(showProblem(problem(8), 'say: x', 'zh').split('\n')[0]).toBe(
      'intents/a.yml:7:8: error unknown-phrase: 没有这句话术',
    );
    expect(showProblem(problem(8), null, 'both')).toContain('没有这句话术 / there is no such phrase');
  });

  it('marks the place below the line, Chinese characters counting two columns', () => {
    const [, line = '', caret = ''] = showProblem(problem(8), '查货: a, b', 'zh').split('\n');
    expect(line).toBe('     7 | 查货: a, b');
    expect(caret.indexOf('^') - caret.indexOf('|')).toBe(2 + 2 * 2 + 5);
  });

  it('shows the part of a long line that matters', () => {
    const [, line = '', caret = ''] = showProblem(
      problem(5001),
      `${'货'.repeat(5000)}错${'货'.repeat(5000)}`,
      'zh',
    ).split('\n');
    expect([...line].length).toBeLessThan(120);
    expect(line.startsWith('     7 | …货')).toBe(true);
    const before = [...line.slice(line.indexOf('…') + 1, line.indexOf('错'))].length;
    expect(caret.indexOf('^') - caret.indexOf('|')).toBe(2 + 1 + before * 2);
  });

  it('says what to do, in the language asked for', () => {
    expect(showProblem(problem(1), 'x', 'zh')).toMatch(/怎么改：.*yingsheng explain unknown-phrase/);
    expect(showProblem(problem(1), 'x', 'en')).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('the list of codes', () => {
  it('has a page for each: why, what to do, a wrong and a right example, in both languages', () => {
    expect(Object.keys(CODES).length).toBeGreaterThanOrEqual(60);
    for (const [code, page] of Object.entries<CodePage>(CODES)) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const { zh, en } of [page.title, page.why, page.fix]) {
        expect(zh, code).toMatch(/\p{Script=Han}/u);
        expect(en, code).toMatch(/[a-z]/);
      }
      expect(page.wrong, code).not.toBe(page.right);
      expect(explainCode(code as Code, 'zh')).toContain(page.fix.zh);
    }
  });

  it('is what docs/check-codes.md says (else run: node scripts/make-check-codes.ts)', () => {
    const docs = path.join(import.meta.dirname, '../../docs/check-codes.md');
    expect(readFileSync(docs, 'utf8')).toBe(codesMarkdown());
  });
});
