import { z } from 'zod';
import type { Report, TextFile } from './files.ts';
import { faqEntrySchema, faqSchema, type FaqSource } from './format.ts';
import type { Located } from './located.ts';
import type { Place } from './knowledge.ts';
import { say } from './problem.ts';
import { reportNoOwner } from './schema-problems.ts';
import { readYaml } from './yaml-file.ts';

const frontMatter = z.strictObject(
  faqEntrySchema.pick({ owner: true, valid_from: true, valid_until: true }).partial().shape,
);

interface Section {
  readonly line: number;
  readonly question: string;
  readonly similar: string[];
  readonly similarLines: number[];
  readonly answer: string[];
  readonly english: string[];
  /** Lines on which the answers begin. */
  answerLine: number;
  englishLine: number;
}

/**
 * FAQ as Markdown: front matter (owner, valid_from, valid_until for all), then
 * `## question`, other wordings as `> …` lines, the answer, and optionally `### English` with the English answer.
 */
export function readFaqMarkdown(file: TextFile, report: Report): Located<FaqSource[]> | null {
  const lines = file.text.split(/\r?\n/);
  const place = (line: number) => ({ file: file.path, line, column: 1 });
  let body = 0;
  let defaults: z.output<typeof frontMatter> = {};
  if (lines[0]?.trim() === '---') {
    const end = lines.indexOf('---', 1);
    if (end === -1) {
      report(
        place(1),
        'bad-markdown',
        say(
          '开头的 --- 没有结束，请在说明后另起一行写 ---',
          'the --- at the top is never closed; put --- on a line of its own after it',
        ),
      );
      return null;
    }
    const head = readYaml({ path: file.path, text: lines.slice(1, end).join('\n') }, frontMatter, report, 1);
    if (!head) return null;
    defaults = head.value;
    body = end + 1;
  }
  const sections = sectionsOf(lines, body);
  if (sections.length === 0) {
    report(
      place(body + 1),
      'empty-file',
      say('没有找到“## 问题”，请至少写一条', 'there is no "## question" here; write at least one'),
    );
    return null;
  }
  const entries = sections.map(({ question, similar, answer, english }) => ({
    ...defaults,
    question,
    similar,
    answer: answer.join('\n').trim(),
    ...(english.length > 0 ? { answer_en: english.join('\n').trim() } : {}),
  }));
  const at = ([index, key, number]: readonly PropertyKey[]) => {
    const section = sections[Number(index)];
    if (section === undefined) return place(1);
    if (key === 'similar') return { ...place(section.similarLines[Number(number)] ?? section.line), column: 3 };
    if (key === 'answer') return place(section.answerLine || section.line);
    if (key === 'answer_en') return place(section.englishLine || section.line);
    return place(section.line);
  };
  const inside = (path: readonly PropertyKey[], line: number, column: number) => {
    const start = at(path);
    return { ...start, line: start.line + line - 1, column };
  };
  const parsed = faqSchema.safeParse(entries);
  if (parsed.success) return { file: file.path, value: parsed.data, at, keyAt: at, inside };
  for (const issue of parsed.error.issues) {
    const key = String(issue.path[1]);
    if (key === 'owner') reportNoOwner(at(issue.path), report);
    else if (key === 'answer') reportNoAnswer(at(issue.path), report);
    else
      report(
        at(issue.path),
        'missing-key',
        say(`这一条缺少“${key}”，请补上`, `"${key}" is missing here; please add it`),
      );
  }
  return null;
}

function sectionsOf(lines: readonly string[], from: number): Section[] {
  const sections: Section[] = [];
  let target: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    const current = sections.at(-1);
    const heading = /^##\s+(.+)$/.exec(line)?.[1];
    if (heading) {
      const section: Section = {
        line: index + 1,
        question: heading.trim(),
        similar: [],
        similarLines: [],
        answer: [],
        english: [],
        answerLine: 0,
        englishLine: 0,
      };
      sections.push(section);
      target = section.answer;
    } else if (current && /^###\s+English\s*$/i.test(line)) {
      target = current.english;
    } else if (current && /^>\s*\S/.test(line) && current.answer.join('').trim() === '') {
      current.similarLines.push(index + 1);
      current.similar.push(line.replace(/^>\s*/, '').trim());
    } else {
      if (current && line.trim() !== '') {
        if (target === current.english) current.englishLine ||= index + 1;
        else current.answerLine ||= index + 1;
      }
      target.push(line);
    }
  }
  return sections;
}

function reportNoAnswer(place: Place, report: Report): void {
  report(
    place,
    'faq-without-answer',
    say('这个问题下面没有答案，请写上', 'there is no answer below this question; write one'),
  );
}
