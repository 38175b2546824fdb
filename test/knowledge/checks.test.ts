import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { brief, edited, MINIMAL, NOON, problemsOf, writeDesk, type Files } from './desk-fixture.ts';

const INTENT = 'intents/order-tracking.yml';
const SOURCES = 'knowledge/sources.yml';
const DESKS = 'knowledge/desks.yml';
const POLICIES = 'knowledge/policies.yml';
const ORDERS = 'knowledge/data/orders.csv';
const FAQ = 'knowledge/faq/hours.yml';
const PHRASES = 'knowledge/phrases/order.yml';

/** The flow with one more step before its `choose`: on line 11, its key in column 5. */
const step = (line: string): Files => edited(INTENT, '  - choose:', `  - ${line}\n  - choose:`);
const appended = (file: string, text: string): Files => ({ [file]: `${MINIMAL[file] ?? ''}${text}\n` });
const intent = (text: string): Files => ({ 'intents/other.yml': `title: 别的\ndesk: service\n${text}\n` });

/** What an administrator writes, and all that is told of it: one line a case. */
// prettier-ignore
const CASES: Readonly<Record<string, readonly (readonly [what: string, files: Files, ...problems: string[]])[]>> = {
  'every kind of file': [
    ['a key misspelt', edited(INTENT, 'desk:', 'dsek:'), `${INTENT}:1:1 missing-key`, `${INTENT}:2:1 unknown-key`],
    ['a key of a step misspelt', step('sya: order.where'), `${INTENT}:11:5 unknown-key`],
    ['a key of a branch misspelt', edited(INTENT, '        say: order.missing', '        sya: order.missing'), `${INTENT}:13:9 unknown-key`],
    ['a list where text is expected', edited(INTENT, 'title: 查货', 'title: [查货]'), `${INTENT}:1:8 wrong-type`],
    ['a choice that does not exist', step('ticket: { priority: hihg }'), `${INTENT}:11:25 bad-value`],
    ['a key twice', appended(INTENT, 'title: 查货'), `${INTENT}:16:1 duplicate-key`],
    ['a tab', edited(INTENT, '  - find', '\t- find'), `${INTENT}:9:1 tab-indent`],
    ['a bracket that is never closed', edited(INTENT, 'slots.waybill }', 'slots.waybill'), `${INTENT}:11:3 bad-yaml`],
    ['a condition that YAML takes for a tag', edited(INTENT, 'when: order == null', 'when: !group'), `${INTENT}:12:15 yaml-tag`],
    ['a number that loses its zeros', edited(DESKS, 'number: 8001', 'number: 0081'), `${DESKS}:7:15 leading-zero`],
    ['an empty title', edited(INTENT, 'title: 查货', 'title: ""'), `${INTENT}:1:8 empty-value`],
    ['a number out of range', appended(POLICIES, 'proof: { tries: 0, hours: 24 }'), `${POLICIES}:5:17 out-of-range`],
    ['a name with capitals', edited(INTENT, '  waybill:', '  Waybill:'), `${INTENT}:7:3 bad-name`],
  ],
  intents: [
    ['a phrase that does not exist', step('say: order.mising'), `${INTENT}:11:10 unknown-phrase`],
    ['the second of two phrases', step('say: [order.where, nowhere]'), `${INTENT}:11:24 unknown-phrase`],
    ['the phrase of a question', edited(INTENT, 'ask: ask.waybill', 'ask: ask.waybil'), `${INTENT}:7:19 unknown-phrase`],
    ['the phrase of a hand-over', step('hand_over: { say: nothing }'), `${INTENT}:11:23 unknown-phrase`],
    ['a slot that does not exist', step('ask: weight'), `${INTENT}:11:10 unknown-slot`],
    ['an entity that does not exist', edited(INTENT, 'ask.waybill }', 'ask.waybill, entity: citty }'), `${INTENT}:7:40 unknown-entity`],
    ['a placeholder that does not exist', edited(INTENT, '{waybill}', '{waybil}'), `${INTENT}:4:5 unknown-entity`],
    ['a record that does not exist', step('find: payment'), `${INTENT}:11:11 unknown-record`],
    ['a field that does not exist', edited(INTENT, 'by: { waybill:', 'by: { waybil:'), `${INTENT}:10:11 unknown-field`],
    ['by without find', step('by: { waybill: slots.waybill }'), `${INTENT}:11:5 find-missing`],
    ['a desk that does not exist', edited(INTENT, 'desk: service', 'desk: servce'), `${INTENT}:2:7 unknown-desk`],
    ['a clock that does not exist', step('ticket: { promise: service.replay }'), `${INTENT}:11:24 unknown-promise`],
    ['an intent that does not exist', step('go_to: order-track'), `${INTENT}:11:12 unknown-intent`],
    ['a write to a csv source', step('call: { source: order, operation: change, confirm: order.where }'), `${INTENT}:11:21 read-only-source`],
    ['verify without a waybill', intent('examples: [别的事]\nsteps:\n  - verify: owner'), 'intents/other.yml:5:5 verify-without-waybill'],
    ['a wait that is no time', step('follow_up: { after: soon, say: order.where }'), `${INTENT}:11:25 bad-duration`],
    ['a step that does nothing', step('{}'), `${INTENT}:11:5 empty-step`],
    ['choose without otherwise', edited(INTENT, 'otherwise:', 'when: order != null'), `${INTENT}:11:5 missing-otherwise`],
    ['a second otherwise', edited(INTENT, 'when: order == null', 'otherwise:'), `${INTENT}:11:5 second-otherwise`, `${INTENT}:12:9 otherwise-not-last`],
    ['a branch without a condition', edited(INTENT, '- when: order == null\n        say', '- say'), `${INTENT}:12:9 branch-without-when`],
    ['a branch with both', edited(INTENT, 'otherwise:', 'otherwise:\n        when: order != null'), `${INTENT}:14:9 when-and-otherwise`],
    ['the same example under two intents', intent('examples: [ "我的货,到哪里了?" ]\nsteps: [{ say: order.where }]'), 'intents/other.yml:3:13 example-under-two-intents'],
    ['the same example twice', edited(INTENT, 'slots:', '  - 我的货到哪里了!\nslots:'), `${INTENT}:6:5 repeated-example`],
    ['a file name with capitals', { 'intents/Other.yml': MINIMAL[INTENT]?.replaceAll(/ {2}- [查我].*\n/g, '').replace('examples:', 'examples: [别的]') ?? '' }, 'intents/Other.yml:1:1 bad-name'],
    ['two files of one name', { 'intents/order-tracking.yaml': MINIMAL[INTENT] ?? '' }, `${INTENT}:1:1 duplicate-intent`],
    ['no intents at all', { [INTENT]: null }, 'intents:1:1 no-intents'],
  ],
  conditions: [
    ['one that does not parse', edited(INTENT, 'order == null', 'order =='), `${INTENT}:12:23 bad-condition`],
    ['a function that does not exist', edited(INTENT, 'order == null', 'days_sinc(order.at) > 1'), `${INTENT}:12:15 bad-condition`],
    ['a name that does not exist', edited(INTENT, 'order == null', 'group || ordre == null'), `${INTENT}:12:24 unknown-variable`],
    ['a slot that does not exist', edited(INTENT, 'slots.waybill }', 'slots.waybil }'), `${INTENT}:10:20 unknown-slot`],
    ['a policy that does not exist', edited(INTENT, 'order == null', 'policy.remit_day > 1'), `${INTENT}:12:15 unknown-policy`],
    ['a field that does not exist', edited(INTENT, 'order == null', 'order.state == "x"'), `${INTENT}:12:15 unknown-field`],
  ],
  phrases: [
    ['a template that does not parse', appended(PHRASES, 'more: "好 {{ x"'), `${PHRASES}:3:10 bad-template`],
    ['a filter that does not exist', appended(PHRASES, 'more: |\n  好\n  {{ x | mony }}'), `${PHRASES}:5:3 bad-template`],
    ['a template of a ticket', step('ticket: { summary: "{{ x | mony }}" }'), `${INTENT}:11:25 bad-template`],
    ['a key in two files', { 'knowledge/phrases/z.yml': 'order.where: 又一次' }, 'knowledge/phrases/z.yml:1:1 duplicate-phrase'],
    ['one that the engine says', edited('knowledge/phrases/engine.yml', 'opening: 好的\n', ''), 'knowledge/phrases:1:1 missing-phrase'],
  ],
  desks: [
    ['a default desk that does not exist', edited(DESKS, 'default_desk: service', 'default_desk: servise'), `${DESKS}:5:15 unknown-desk`],
    ['hours that do not exist', edited(DESKS, 'hours: day,', 'hours: night,'), `${DESKS}:4:33 unknown-hours`],
    ['hours that run backwards', edited(DESKS, '13:30-18:00', '11:30-18:00'), `${DESKS}:2:20 bad-hours`],
    ['hours without any', edited(DESKS, '{ workdays: "08:30-12:00, 13:30-18:00" }', '{}'), `${DESKS}:2:3 never-open`],
    ['a desk without a clock', edited(DESKS, 'reply:', 'urgent:'), `${DESKS}:4:48 bad-format`],
    ['a desk that nobody staffs', edited(DESKS, 'default_desk', '  claims: { title: 理赔部, hours: day, promises: { reply: 2h } }\ndefault_desk'), `${DESKS}:5:3 unstaffed-desk`],
    ['an agent of no desk', edited(DESKS, 'desks: [service]', 'desks: [service, payment]'), `${DESKS}:7:48 unknown-desk`],
    ['two agents with one number', appended(DESKS, '  - { number: "8001", name: 陈好, desks: [service] }'), `${DESKS}:8:15 duplicate-agent`],
  ],
  sources: [
    ['a key that is no field', edited(SOURCES, 'key: waybill', 'key: waybil'), `${SOURCES}:4:8 unknown-field`],
    ['an owner phone that is no field', edited(SOURCES, '[phone]', '[phon]'), `${SOURCES}:5:18 unknown-field`],
    ['an owner phone that is no phone', edited(SOURCES, '[phone]', '[location]'), `${SOURCES}:5:18 not-a-phone`],
    ['entities of a field that is none', edited(SOURCES, 'city: [location, aliases]', 'city: [location, alias]'), `${SOURCES}:15:22 unknown-field`],
    ['a csv source without a file', edited(SOURCES, '  file: data/orders.csv\n', ''), `${SOURCES}:1:1 missing-key`],
    ['an http source without an address', appended(SOURCES, 'stock: { from: http, fields: { a: text } }'), `${SOURCES}:16:1 missing-key`],
    ['an address that is none', appended(SOURCES, 'stock: { from: http, url: "ftp://x", fields: { a: text } }'), `${SOURCES}:16:27 bad-url`],
    ['a file that is not there', edited(SOURCES, 'orders.csv', 'nothing.csv'), 'knowledge/data/nothing.csv:1:1 missing-file'],
    ['a file above the folder', edited(SOURCES, 'data/orders.csv', '../intents/order-tracking.yml'), 'intents/order-tracking.yml:1:1 outside-folder'],
  ],
  'csv rows': [
    ['a column missing', edited(ORDERS, 'location', 'place'), `${ORDERS}:1:1 missing-column`, `${ORDERS}:1:15 unknown-column`],
    ['a column twice', edited(ORDERS, ',aliases', ',weight'), `${ORDERS}:1:1 missing-column`, `${ORDERS}:1:41 duplicate-column`, `${ORDERS}:2:64 bad-cell`],
    ['a number with its unit', edited(ORDERS, '12.5', '12.5kg'), `${ORDERS}:2:33 bad-cell`],
    ['a time without offset', edited(ORDERS, '10:00:00+08:00', '10:00:00'), `${ORDERS}:2:38 bad-cell`],
    ['words for a phone', edited(ORDERS, '13812345678', '无'), `${ORDERS}:2:10 bad-cell`],
    ['a value that is not allowed', edited(ORDERS, 'booked', 'boooked'), `${ORDERS}:3:14 bad-cell`],
    ['a required cell left empty', edited(ORDERS, '12345679', ''), `${ORDERS}:3:1 empty-cell`],
    ['a row twice', appended(ORDERS, '12345678,,上海,booked,,,'), `${ORDERS}:4:1 duplicate-row`],
    ['a row too short', appended(ORDERS, '12345677,,上海'), `${ORDERS}:4:1 wrong-cell-count`],
    ['a quote never closed', appended(ORDERS, '"12345677,,上海,booked,,,'), `${ORDERS}:4:1 bad-csv`],
    ['the line after a cell of two lines', appended(ORDERS, '12345677,,"上\n海",booked,,,\n12345676,,x,booked,heavy,,'), `${ORDERS}:6:20 bad-cell`],
  ],
  policies: [
    ['a pattern that does not compile', edited(POLICIES, '[1-9][0-9]{7}', '[1-9'), `${POLICIES}:3:21 bad-pattern`],
    ['an example that is no waybill', edited(POLICIES, '"12345678"', '"1234"'), `${POLICIES}:3:47 example-mismatch`],
    ['a holiday that is no day', appended(POLICIES, 'calendar: { holidays: { 2026-02-30: 怪日 } }'), `${POLICIES}:5:25 bad-date`],
    ['a holiday that is a workday', appended(POLICIES, 'calendar: { holidays: { 2026-12-30: 年会 }, workdays: [2026-12-30] }'), `${POLICIES}:5:54 holiday-and-workday`],
    ['an entity alone that is none', appended(POLICIES, 'dialogue: { alone: { waybil: order-tracking } }'), `${POLICIES}:5:22 unknown-entity`],
    ['an entity alone that means nothing', appended(POLICIES, 'dialogue: { alone: { waybill: order-trackin } }'), `${POLICIES}:5:31 unknown-intent`],
  ],
  faq: [
    ['an answer that has expired', appended(FAQ, '- { question: 春节呢, answer: 放假, owner: 林晓, valid_until: 2026-03-01 }'), `${FAQ}:5:56 expired-answer`],
    ['dates the wrong way round', appended(FAQ, '- { question: 春节呢, answer: 放假, owner: 林晓, valid_from: 2027-03-01, valid_until: 2027-01-01 }'), `${FAQ}:5:80 dates-reversed`],
    ['a date that is none', appended(FAQ, '- { question: 春节呢, answer: 放假, owner: 林晓, valid_until: 2027-02-30 }'), `${FAQ}:5:56 bad-date`],
    ['a question asked twice', appended(FAQ, '- { question: 什么时候营业?, answer: 现在, owner: 林晓 }'), `${FAQ}:5:15 duplicate-question`],
    ['an answer that does not parse', appended(FAQ, '- { question: 春节呢, answer: "{{ policy.x", owner: 林晓 }'), `${FAQ}:5:29 bad-template`],
    ['Markdown without an owner', { 'knowledge/faq/more.md': '# 常见问题\n\n## 可以寄花吗\n可以。\n' }, 'knowledge/faq/more.md:3:1 missing-key'],
    ['Markdown whose head never ends', { 'knowledge/faq/more.md': '---\nowner: 林晓\n## 可以寄花吗\n可以。\n' }, 'knowledge/faq/more.md:1:1 bad-markdown'],
  ],
};

for (const [room, cases] of Object.entries(CASES)) {
  describe(`checking ${room}`, () => {
    for (const [what, files, ...problems] of cases) {
      it(`tells of ${what}`, async () => {
        expect(await problemsOf(files)).toEqual(problems);
      });
    }
  });
}

describe('checking', () => {
  it('finds nothing wrong with the minimal desk', async () => {
    expect(await problemsOf()).toEqual([]);
  });

  it('warns when the holidays of a year that may soon be promised are not known', async () => {
    const { root, ...folders } = await writeDesk();
    const { problems, knowledge } = await loadKnowledge(folders, fixedClock('2099-12-20T12:00:00+08:00'));
    expect(problems.map((problem) => `${problem.severity} ${brief(problem, root)}`)).toEqual([
      `warning ${POLICIES}:1:1 unknown-year`,
      `warning ${POLICIES}:1:1 unknown-year`,
    ]);
    expect(knowledge).not.toBeNull();
  });

  it('does not blame intents for phrases that stand in a file that cannot be read', async () => {
    expect(await problemsOf({ [PHRASES]: 'order.where: [' })).toEqual([`${PHRASES}:1:15 bad-yaml`]);
  });

  it('names what was probably meant, in both languages', async () => {
    const { intents, knowledge } = await writeDesk(step('say: order.mising'));
    const { problems } = await loadKnowledge({ intents, knowledge }, NOON);
    expect(problems.map(({ message }) => message)).toEqual([
      {
        zh: '没有名为“order.mising”的话术；您是否想写“order.missing”？',
        en: 'there is no phrase "order.mising"; did you mean "order.missing"?',
      },
    ]);
  });

  it('tells of the first fifty problems of a spreadsheet and how many more there are', async () => {
    const rows = Array.from({ length: 80 }, (_, n) => `2${String(n).padStart(7, '0')},,上海,booked,heavy,,`).join('\n');
    const problems = await problemsOf(appended(ORDERS, rows));
    expect(problems).toHaveLength(51);
    expect(problems[0]).toBe(`${ORDERS}:1:1 more-problems`);
  });
});
