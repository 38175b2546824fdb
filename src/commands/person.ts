import { UsageError } from '../core/errors.ts';
import type { Held, Person } from '../core/kept.ts';
import type { Store } from '../core/store.ts';

export interface PersonOptions {
  readonly customer?: unknown;
  readonly phone?: unknown;
}

/** An option that was given a value. */
export function given(option: unknown): string | undefined {
  return typeof option === 'string' ? option : undefined;
}

/** Who is meant. Null, with a sentence on stderr, where nothing is held about anybody of that name or phone. */
export async function personOf(store: Store, options: PersonOptions): Promise<Person | null> {
  const [customer, phone] = [given(options.customer), given(options.phone)];
  if ((customer === undefined) === (phone === undefined))
    throw new UsageError(
      '请用 --customer 或 --phone 说明是哪位客户，二选一 (name the customer by --customer or --phone, one of them)',
    );
  if (phone !== undefined && phone.replace(/\D/g, '').length < 7)
    throw new UsageError('--phone 要写完整的号码 (--phone wants the whole number)');
  const person = await store.findPerson(phone === undefined ? { customer: customer ?? '' } : { phone });
  const held = person.conversations.length + person.ids.length;
  if (held > 0 || (phone !== undefined && ((await store.heldAbout(person))['mentions'] ?? []).length > 0))
    return person;
  process.stderr.write('没有找到这位客户的任何记录 (nothing is held about such a customer)\n');
  return null;
}

const NAMES: Readonly<Record<string, string>> = {
  conversations: '会话 conversations',
  messages: '消息 messages',
  events: '对话事件 dialogue events',
  timers: '待办提醒 timers',
  wrong_proofs: '核对失败 wrong proofs',
  attachments: '附件 files',
  notice_messages: '坐席提示 notices',
  tickets: '工单 tickets',
  ticket_events: '工单经过和备注 histories and notes',
  desk_posts: 'Slack 卡片 posts in Slack',
  held_answers: '待发回复 held answers',
  contacts: '平台身份 contacts',
  settings: '程序状态 settings',
  audit: '审计记录 audit entries',
  mentions: '别人消息里提到的号码 mentions of the phone elsewhere',
};

/** Figures of what is held, one line a kind. */
export function heldLines(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => `  ${String(count).padStart(6)}  ${NAMES[table] ?? table}`)
    .join('\n');
}

export function countsOf(held: Held): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(held).map(([table, rows]) => [table, rows.length]));
}
