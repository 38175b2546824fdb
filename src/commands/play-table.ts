import { fixedClock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import type { RecordRow, Records, RecordSource } from '../core/records.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { openStage, type Played } from './stage.ts';
import type { Expectation, Table } from './table.ts';

const MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Plays a table from a fresh start; gives what differs from it, a sentence each. */
export async function playTable(knowledge: Knowledge, records: Records, table: Table): Promise<readonly string[]> {
  const clock = fixedClock(table.now);
  const stage = await openStage({ knowledge, records: overlaid(records, table.records), clock, group: table.group });
  const differences: string[] = [];
  try {
    for (const [index, turn] of table.turns.entries()) {
      if ('later' in turn) {
        clock.advance(parseInt(turn.later, 10) * MS[turn.later.slice(-1) as keyof typeof MS]);
        continue;
      }
      const played = await stage.play(turn.customer);
      const found = compare(turn.bot, played);
      const said = played.replies.map((reply) => reply.text).join(' ⏎ ');
      const phrases = played.decision.says.flatMap((say) => say.phrases).join(', ');
      differences.push(
        ...found.map(
          (what) => `第 ${index + 1} 轮「${turn.customer.join(' / ')}」${what}\n      答: ${said}\n      (${phrases})`,
        ),
      );
    }
  } catch (error) {
    differences.push(`中断: ${messageOf(error)}`);
  } finally {
    await stage.close();
  }
  return differences;
}

function compare(wanted: Expectation, { decision, replies, outcome, ticket }: Played): string[] {
  const wrong: string[] = [];
  const differ = (what: string, expected: unknown, actual: unknown): void => {
    if (JSON.stringify(expected) !== JSON.stringify(actual))
      wrong.push(`${what} 应为 ${JSON.stringify(expected)}，实为 ${JSON.stringify(actual)}`);
  };
  const text = replies.map((reply) => reply.text).join('\n');
  if (wanted.intents) differ('意图', wanted.intents, decision.intents);
  if (wanted.outcome) differ('结果', wanted.outcome, outcome.kind);
  if (wanted.mood) differ('情绪', wanted.mood, decision.state.mood);
  if (wanted.phrases) {
    const said = decision.says.flatMap((say) => say.phrases);
    let at = -1;
    for (const phrase of wanted.phrases) {
      at = said.indexOf(phrase, at + 1);
      if (at === -1) {
        wrong.push(`没有按顺序说到话术 ${phrase}`);
        break;
      }
    }
  }
  for (const words of wanted.says ?? []) {
    const any = Array.isArray(words) ? words : [words];
    if (!any.some((word) => text.includes(word))) wrong.push(`没有说到「${any.join('」或「')}」`);
  }
  for (const words of wanted.not ?? []) if (text.includes(words)) wrong.push(`不该说到「${words}」`);
  if (wanted.ticket === null && ticket !== null) wrong.push(`不该有工单，却有 ${ticket.kind} (${ticket.desk})`);
  if (wanted.ticket) {
    if (ticket === null) return [...wrong, '应有工单，却没有'];
    const { summary, promised, form, ...fields } = wanted.ticket;
    for (const [field, value] of Object.entries(fields))
      differ(`工单 ${field}`, value, ticket[field as keyof typeof ticket]);
    if (summary !== undefined && !ticket.summary.includes(summary))
      wrong.push(`工单摘要没有「${summary}」：${ticket.summary}`);
    if (promised === true && !(Date.parse(ticket.promised_at) > Date.parse(ticket.opened_at)))
      wrong.push('工单没有承诺时间');
    for (const [name, value] of Object.entries(form ?? {}))
      differ(`工单表单 ${name}`, value, ticket.form[name] ?? null);
  }
  return wrong;
}

/** Sources in which a table's rows stand before those with the same waybill. */
function overlaid(records: Records, rows: Readonly<Record<string, readonly RecordRow[]>>): Records {
  return new Map(
    [...records].map(([name, source]) => [name, rows[name] === undefined ? source : overlay(source, rows[name])]),
  );
}

function overlay(source: RecordSource, rows: readonly RecordRow[]): RecordSource {
  const hidden = new Set(rows.map((row) => row['waybill']));
  return {
    ...source,
    async find(by) {
      const own = rows.filter((row) =>
        Object.entries(by).every(([field, value]) => String(row[field] ?? '') === value),
      );
      const others = (await source.find(by)).filter(
        (row) => row['waybill'] === undefined || !hidden.has(row['waybill']),
      );
      return [...own, ...others];
    },
  };
}
