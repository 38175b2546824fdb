import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/core/outcome.ts';
import { ledgerJson, ledgerTable } from '../../src/reports/ledger.ts';

const ledger: Ledger = {
  unaccounted: ['webchat/m-7', 'slack/m-8'],
  waiting: 2,
  left_alone: { chatter: 3, flood: 1 },
  handed: 12,
  merged: 4,
  answered: 105,
};

describe('the ledger', () => {
  it('is one line of JSON in the order of the contract', () => {
    expect(ledgerJson(ledger)).toBe(
      '{"answered":105,"merged":4,"handed":12,"left_alone":{"chatter":3,"flood":1},"waiting":2,"unaccounted":["webchat/m-7","slack/m-8"]}',
    );
  });

  it('is a table that lists what is unaccounted', () => {
    expect(ledgerTable(ledger)).toBe(
      [
        '已答复 answered     105',
        '已并入 merged         4',
        '已转人工 handed      12',
        '未回应 left alone     4',
        '  闲聊 chatter        3',
        '  刷屏 flood          1',
        '处理中 waiting        2',
        '无着落 unaccounted    2',
        '',
        '以下消息无着落 Not accounted for:',
        '  webchat/m-7',
        '  slack/m-8',
      ].join('\n'),
    );
  });

  it('says so when all is accounted for', () => {
    expect(ledgerTable({ ...ledger, unaccounted: [] })).toMatch(/无着落 unaccounted +0\n\n每条消息都有着落/);
  });
});
