import { expect, it } from 'vitest';
import type { Kept } from '../../bench/crash/kept.ts';
import { createOracle, type Oracle } from '../../bench/crash/oracle.ts';
import { judge, violations } from '../../bench/crash/verdict.ts';

const sound = (codes: readonly string[]): Kept => ({
  inbound: new Map(codes.map((code) => [code, 1])),
  flagged: new Map(),
  tickets: new Map(),
  joined: new Map(),
  twice: new Map(),
  unaccounted: 0,
  timersLeft: 0,
  integrity: 'ok',
});

/** Two messages of one person, both acknowledged; what is heard of them is up to the test. */
function told(channel = 'webchat'): { oracle: Oracle; codes: [string, string] } {
  const oracle = createOracle();
  const [first, second] = [oracle.tell(channel, 'Li', 'receipt'), oracle.tell(channel, 'Li', 'timer')];
  for (const message of [first, second]) message.acknowledged = true;
  return { oracle, codes: [first.code, second.code] };
}

function verdictOn(heard: (first: string, second: string) => string[], kept: Partial<Kept> = {}, channel = 'webchat') {
  const { oracle, codes } = told(channel);
  for (const text of heard(...codes)) oracle.hear('Li', text);
  const all = violations(judge(oracle, { ...sound(codes), ...kept }, []));
  return all.map((what) => what.replace(codes[0], 'first').replace(codes[1], 'second'));
}

const answered = (first: string, second: string): string[] => [`〔${first}〕`, `〔${second}〕`, `（${second}）`];

it('has nothing against a conversation in which each message had its effects once, in order', () => {
  expect(verdictOn(answered)).toEqual([]);
});

it.each<[string, Parameters<typeof verdictOn>, string[]]>([
  ['is not kept', [answered, { inbound: new Map() }], ['acknowledged and not kept', 'acknowledged and not kept']],
  ['is never answered', [(_, b) => [`〔${b}〕（${b}）`]], ['never answered']],
  ['is answered twice', [(a, b) => [...answered(a, b), `〔${a}〕`]], ['answered 2 times']],
  ['has a timer that speaks twice', [(a, b) => [...answered(a, b), `（${b}）`]], ['its timer spoke 2 times']],
  ['has a timer that never speaks', [(a, b) => [`〔${a}〕〔${b}〕`]], ['its timer never spoke']],
  ['is overtaken', [(a, b) => answered(b, a).with(2, `（${b}）`)], ['first was answered after second']],
  ['is told to somebody else', [(a, b) => [...answered(a, b), '〔12345678〕']], ['Li read of 12345678']],
  ['leaves a damaged file', [answered, { integrity: 'row 3 missing' }], ['integrity_check: row 3 missing']],
])('notices a message that %s', (_, given, wanted) => {
  const found = verdictOn(...given);
  expect(found).toHaveLength(wanted.length);
  for (const [n, what] of wanted.entries()) expect(found[n]).toContain(what);
});

it('lets WeChat flag what may have arrived, and no other channel', () => {
  const heard = (_: string, b: string): string[] => [`〔${b}〕（${b}）`];
  const flagged = new Map([['30000001', 'ambiguous']]);
  expect(verdictOn(heard, { flagged }, 'wechat')).toEqual([]);
  expect(verdictOn(heard, { flagged }, 'slack')).toHaveLength(1);
});

it('follows a ticket to the end of an agent’s work', () => {
  const heardOf = (heard: (code: string) => string[], kept: Partial<Kept> = {}): string[] => {
    const oracle = createOracle();
    const message = oracle.tell('webchat', 'Li', 'agent');
    message.acknowledged = true;
    for (const text of heard(message.code)) oracle.hear('Li', text);
    const tickets = new Map([[message.code, 1]]);
    return [...violations(judge(oracle, { ...sound([message.code]), tickets, ...kept }, []))];
  };
  const done = (code: string): string[] => [`〔${code}〕工单 T-1001`, `答复【${code}】`, `办妥《${code}》`];
  expect(heardOf(done)).toEqual([]);
  expect(heardOf((code) => done(code).toSpliced(1, 1))).toEqual([expect.stringContaining("agent's words never came")]);
  expect(heardOf((code) => done(code).slice(0, 2))).toEqual([expect.stringContaining('nobody told')]);
  expect(heardOf((code) => [...done(code), `答复【${code}】`])).toEqual([expect.stringContaining('came 2 times')]);
  expect(heardOf(done, { tickets: new Map() })).toEqual([expect.stringContaining('no ticket')]);
  const twice = new Map([['30000001', 'replied 2 times']]);
  expect(heardOf(done, { twice })).toEqual([expect.stringContaining('its ticket was replied 2 times')]);
});
