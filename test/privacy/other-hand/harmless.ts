import type { Dice } from './dice.ts';
import * as lists from './lists.ts';

/** What must stay readable, by the letter that stands for it in a frame. */
export const KEPT: Readonly<Record<string, { readonly kind: string; readonly write: (dice: Dice) => string }>> = {
  W: {
    kind: 'waybill',
    write: (dice) =>
      dice.one([
        () => `YS${dice.digits(10)}`,
        () => `SF${dice.digits(13)}`,
        () => `JDV${dice.digits(12)}`,
        () => `YT${dice.digits(13)}`,
        () => `DPK${dice.digits(12)}`,
        () => `7${dice.digits(14)}`,
        () => `4${dice.digits(11)}`,
        () => `2${dice.digits(9)}`,
      ])(),
  },
  M: {
    kind: 'money',
    write: (dice) =>
      dice.one([
        () => `${String(5 + dice.below(9000))}元`,
        () => `${String(5 + dice.below(900))}.${dice.digits(2)}元`,
        () => `¥${String(1 + dice.below(90))},${dice.digits(3)}`,
        () => `${String(1 + dice.below(9))}万`,
        () => dice.one(['三百五十块', '一千二', '八十块钱', '两万三千元']),
      ])(),
  },
  D: {
    kind: 'date',
    write: (dice) => {
      const month = String(1 + dice.below(12));
      const day = String(1 + dice.below(28));
      return dice.one([
        `${month}月${day}号`,
        `2026-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
        `2026年${month}月${day}日`,
        `${month}.${day}`,
        '十一月二十二号',
        '周三下午3:30',
      ]);
    },
  },
  K: {
    kind: 'weight',
    write: (dice) =>
      dice.one([
        `${String(1 + dice.below(900))}公斤`,
        `${String(1 + dice.below(30))}.5吨`,
        `${String(1 + dice.below(99))}kg`,
        `${String(1 + dice.below(99))}斤`,
      ]),
  },
  R: {
    kind: 'ticket',
    write: (dice) => dice.one([`TK-${dice.digits(6)}`, `GD2026${dice.digits(8)}`, `#${dice.digits(5)}`]),
  },
  O: { kind: 'outlet', write: (dice) => dice.one(lists.OUTLETS) },
  G: { kind: 'goods', write: (dice) => dice.one(lists.GOODS) },
  F: { kind: 'company', write: (dice) => dice.one(lists.COMPANIES) },
  Y: { kind: 'city', write: (dice) => dice.one(lists.PLAIN_CITIES) },
};
