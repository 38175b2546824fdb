import { describe, expect, it } from 'vitest';
import { maskText } from '../../src/core/privacy/mask.ts';
import { corpus, DISGUISES, harmless, judge, RECIPES } from './corpus.ts';
import { judgeLetter, OTHER_DISGUISES, otherHand } from './other-hand.ts';

/** `node bench/masking.ts` measures 20,000 of them. */
const COUNT = 3000;

describe('the masker on generated messages', () => {
  const samples = [...corpus(COUNT, 11)];
  const judged = samples.map((sample) => ({ sample, ...judge(sample) }));

  it('knows at least 40 disguises', () => expect(DISGUISES.size).toBeGreaterThanOrEqual(40));

  it('hides at least 99.5 % of what is private, and 85 % of every disguise', () => {
    const missed = judged.filter(({ hidden }) => !hidden);
    expect(missed.length / COUNT, missed.map(({ shown }) => shown).join('\n')).toBeLessThanOrEqual(0.005);
    for (const { kind, disguise } of RECIPES) {
      const own = judged.filter(({ sample }) => sample.kind === kind && sample.disguise === disguise);
      const hidden = own.filter((one) => one.hidden);
      expect(hidden.length / own.length, `${kind}, ${disguise}`).toBeGreaterThanOrEqual(0.85);
    }
  });

  it('takes at most 0.1 % of the waybills for something private', () => {
    const beside = judged.filter(({ sample }) => sample.waybill !== null);
    expect(beside.length).toBeGreaterThan(1000);
    expect(beside.filter(({ waybillKept }) => !waybillKept).length / beside.length).toBeLessThanOrEqual(0.001);
  });

  it('leaves waybills, dates, times, prices and ticket numbers alone', () => {
    const alarms = [...harmless(2400, 11)].filter(({ text }) => maskText(text).hidden.length > 0);
    expect(alarms.map(({ text }) => text)).toEqual([]);
  });

  it('is not the same corpus for another seed, and the same for the same', () => {
    expect([...corpus(50, 1)]).toEqual([...corpus(50, 1)]);
    expect([...corpus(50, 1)]).not.toEqual([...corpus(50, 2)]);
  });
});

describe('the masker on messages by another hand', () => {
  const judged = [...otherHand(COUNT, 9, 'odd')].map(judgeLetter);
  const secrets = judged.flatMap((one) => one.secrets);
  const kept = judged.flatMap((one) => one.kept);
  const cued = secrets.filter(({ kind }) => kind !== 'name alone');

  it('hides 99 % of what is private, unless a name stands with no cue', () => {
    expect(OTHER_DISGUISES.size).toBeGreaterThanOrEqual(40);
    const missed = cued.filter(({ hidden }) => !hidden);
    expect(missed.length / cued.length, missed.map(({ text }) => text).join('\n')).toBeLessThanOrEqual(0.01);
  });

  it('hides 90 % of the numbers in every disguise', () => {
    for (const disguise of OTHER_DISGUISES) {
      const own = cued.filter((one) => one.disguise === disguise);
      expect(own.length, disguise).toBeGreaterThan(0);
      expect(own.filter(({ hidden }) => hidden).length / own.length, disguise).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('shows waybills, dates, money, tickets, goods, outlets, companies and cities', () => {
    expect(kept.length).toBeGreaterThan(1000);
    expect(kept.filter(({ kind, whole }) => kind === 'waybill' && !whole)).toEqual([]);
    expect(kept.filter(({ whole }) => !whole).length / kept.length).toBeLessThanOrEqual(0.001);
  });
});

describe('hostile texts', () => {
  it.each([
    ['digits', '1'],
    ['groups of digits', '13 '],
    ['signs', '--'],
    ['surnames', '王'],
    ['streets', '人民路'],
    ['doors', '1号'],
    ['labels', '收件人'],
    ['words between digits', '1然后'],
    ['English words', 'Room 1, Wang Road '],
    ['an address of mail', 'a@b.'],
    ['what becomes eighteen', '\ufdfa'],
    ['marks', 'a\u0301\u200b'],
  ])('are read to the end, however much of %s there is', (_what, piece) => {
    // What grows with the square, or faster, would not come to an end in the time of a test.
    expect(maskText(piece.repeat(100_000 / piece.length)).text.length).toBeGreaterThan(0);
  });
});
