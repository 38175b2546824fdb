import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { createCache } from '../../src/knowledge/cache.ts';
import { CODES, isCode, type Code } from '../../src/knowledge/codes.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Stage } from '../../src/knowledge/stage.ts';
import { BROKEN, filesOf } from './broken.ts';
import { brief, edited, MINIMAL, NOON, problemsOf, put, writeDesk } from './desk-fixture.ts';

const INTENT = 'intents/order-tracking.yml';

for (const [room, edits] of BROKEN) {
  describe(`checking ${room}`, () => {
    for (const edit of edits) {
      it(`tells of ${edit.what}`, async () => {
        expect(await problemsOf(filesOf(edit))).toEqual(edit.problems);
      });
    }
  });
}

/** What no patch of a text file can bring about; files.test.ts and the tests below do. */
const ELSEWHERE: readonly Code[] = [
  'control-character',
  'file-too-large',
  'misread-example',
  'more-problems',
  'not-a-file',
  'not-utf8',
  'outside-folder',
  'too-deep',
  'too-many-aliases',
  'unknown-year',
  'unreadable',
];

describe('the corpus of broken edits', () => {
  const told = [...BROKEN.values()]
    .flat()
    .flatMap(({ problems }) => problems.map((line) => line.split(' ').at(-1) ?? ''));

  it('is large, and every edit of it is told of', () => {
    expect([...BROKEN.values()].flat().length).toBeGreaterThanOrEqual(120);
    for (const edit of [...BROKEN.values()].flat()) expect(edit.problems, edit.what).not.toEqual([]);
  });

  it('provokes every code there is', () => {
    expect(told.filter((code) => !isCode(code))).toEqual([]);
    expect(Object.keys(CODES).filter((code) => ![...told, ...ELSEWHERE].includes(code))).toEqual([]);
  });
});

describe('checking', () => {
  it('finds nothing wrong with the minimal desk', async () => {
    expect(await problemsOf()).toEqual([]);
  });

  it('asks which policy was meant where the value of an unknown one does not fit, and only there', async () => {
    const said = async (line: string) => {
      const name = 'knowledge/policies.yml';
      const folders = await writeDesk({ [name]: `${MINIMAL[name]}${line}\n` });
      return (await loadKnowledge(folders, { clock: NOON })).problems.map(({ message }) => message.en);
    };
    expect(await said('prof: { tries: 5 }')).toEqual([expect.stringContaining('did you mean "proof"?')]);
    expect(await said('desc:')).toEqual([expect.not.stringContaining('did you mean')]);
    expect(await said('desc: ours')).toEqual([]);
  });

  it('warns two months before when the holidays of a year are not known', async () => {
    const { root, ...folders } = await writeDesk();
    const on = async (day: string): Promise<string[]> => {
      const { problems, knowledge } = await loadKnowledge(folders, { clock: fixedClock(`${day}T12:00:00+08:00`) });
      expect(knowledge).not.toBeNull();
      return problems.map((problem) => `${problem.severity} ${brief(problem, root)}`);
    };
    expect(await on('2026-10-31')).toEqual([]);
    expect(await on('2026-11-05')).toEqual(['warning knowledge/policies.yml:1:1 unknown-year']);
  });

  it('warns of an example that the recogniser takes for something else', async () => {
    const problems = await problemsOf(edited(INTENT, '  - 包裹怎么还没送到\n', '  - 包裹怎么还没送到\n  - "？？？"\n'));
    expect(problems).toEqual([`${INTENT}:8:5 misread-example`]);
  });

  it('tries the examples once, and tells of them where they stand now', async () => {
    const desk = await writeDesk(edited(INTENT, '  - 包裹怎么还没送到\n', '  - 包裹怎么还没送到\n  - "？？？"\n'));
    const check = async () => {
      const cache = createCache(desk.root, { files: 100, bytes: 1e8, worthMs: 0 });
      const stages: Stage[] = [];
      const options = { clock: NOON, trial: true, cache, onStage: (stage: Stage) => stages.push(stage) };
      const { problems } = await loadKnowledge(desk, options);
      return { stages, problems: problems.map((problem) => brief(problem, desk.root)) };
    };
    expect(await check()).toEqual({
      stages: ['reading', 'checking', 'learning', 'trying', 'indexing'],
      problems: [`${INTENT}:8:5 misread-example`],
    });
    await put(desk.root, INTENT, `# 查货\n${await readFile(path.join(desk.root, INTENT), 'utf8')}`);
    expect(await check()).toEqual({ stages: ['reading', 'checking'], problems: [`${INTENT}:9:5 misread-example`] });
    await put(desk.root, INTENT, (await readFile(path.join(desk.root, INTENT), 'utf8')).replace('？？？', '！！！'));
    expect((await check()).stages).toEqual(['reading', 'checking', 'learning', 'trying']);
  });

  it('does not blame intents for phrases that stand in a file that cannot be read', async () => {
    expect(await problemsOf({ 'knowledge/phrases/order.yml': 'order.where: [' })).toEqual([
      'knowledge/phrases/order.yml:1:15 bad-yaml',
    ]);
  });

  it('names what was probably meant, in both languages', async () => {
    const { intents, knowledge } = await writeDesk(edited(INTENT, 'say: order.missing', 'say: order.mising'));
    const { problems } = await loadKnowledge({ intents, knowledge }, { clock: NOON });
    expect(problems.find(({ code }) => code === 'unknown-phrase')?.message).toEqual({
      zh: '没有名为“order.mising”的话术；您是否想写“order.missing”？',
      en: 'there is no phrase "order.mising"; did you mean "order.missing"?',
    });
  });

  it('tells of the first fifty problems of a spreadsheet and how many more there are', async () => {
    const rows = Array.from({ length: 80 }, (_, n) => `2${String(n).padStart(7, '0')},,上海,booked,heavy,,`).join('\n');
    const [before = ''] = Object.values(edited('knowledge/data/orders.csv', '蓉城;天府', '蓉城'));
    const problems = await problemsOf({ 'knowledge/data/orders.csv': `${before as string}${rows}\n` });
    expect(problems).toHaveLength(51);
    expect(problems[0]).toBe('knowledge/data/orders.csv:1:1 more-problems');
  });
});
