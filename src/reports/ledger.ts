import type { Ledger } from '../core/outcome.ts';

/** A message older than this without an outcome is unaccounted, in ms. */
export const TURN_PATIENCE = 120_000;

/** The ledger for programs: one line of JSON with the keys of the outside contract, in their order. */
export function ledgerJson(ledger: Ledger): string {
  const { answered, merged, handed, left_alone, waiting, unaccounted } = ledger;
  return JSON.stringify({ answered, merged, handed, left_alone, waiting, unaccounted });
}

const REASONS: Readonly<Record<string, string>> = {
  chatter: '闲聊 chatter',
  flood: '刷屏 flood',
  empty: '空消息 empty',
  undecidable: '无法处理 undecidable',
  'answered by a colleague': '同事已答 answered by a colleague',
  'too old': '离线太久 too old',
  recalled: '已撤回 recalled',
  automatic: '机器自动 automatic',
};

/** The ledger for people: a table, then each message that nobody accounts for, or a word that there is none. */
export function ledgerTable(ledger: Ledger): string {
  const reasons = Object.entries(ledger.left_alone);
  const leftAlone = reasons.reduce((sum, [, n]) => sum + n, 0);
  const rows: (readonly [string, number])[] = [
    ['已答复 answered', ledger.answered],
    ['已并入 merged', ledger.merged],
    ['已转人工 handed', ledger.handed],
    ['未回应 left alone', leftAlone],
    ...reasons.map(([reason, n]) => [`  ${REASONS[reason] ?? reason}`, n] as const),
    ['处理中 waiting', ledger.waiting],
    ['无着落 unaccounted', ledger.unaccounted.length],
  ];
  const labels = Math.max(...rows.map(([label]) => columns(label)));
  const figures = Math.max(...rows.map(([, n]) => String(n).length));
  const table = rows.map(([label, n]) => label + ' '.repeat(labels - columns(label) + 2) + String(n).padStart(figures));
  const end =
    ledger.unaccounted.length === 0
      ? ['每条消息都有着落。Every message is accounted for.']
      : ['以下消息无着落 Not accounted for:', ...ledger.unaccounted.map((id) => `  ${id}`)];
  return [...table, '', ...end].join('\n');
}

/** Columns on a terminal, where a Chinese character takes two. */
function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0);
}
