/** What an agent typed after `/ticket`. */
export type TicketCommand =
  | { readonly kind: 'new'; readonly summary: string }
  | { readonly kind: 'find'; readonly query: string }
  | { readonly kind: 'show'; readonly id: string }
  | { readonly kind: 'mine' }
  | { readonly kind: 'help'; readonly unknown: string | null };

/** Full-width letters and digits are read as half-width ones; the number may come without its `T-`. */
export function readTicketCommand(typed: string): TicketCommand {
  const text = typed.normalize('NFKC').trim();
  const [first = '', ...rest] = text.split(/\s+/);
  const others = typed.trim().slice(first.length).trim();
  if (text === '' || /^(帮助|help|\?)$/i.test(text)) return { kind: 'help', unknown: null };
  if (/^(新建|建单|new)$/i.test(first)) return { kind: 'new', summary: others };
  if (/^我的|mine$/i.test(text)) return { kind: 'mine' };
  const number = /^T?-?(\d{1,7})$/i.exec(text);
  if (number && !/^\d{8,}$/.test(text)) return { kind: 'show', id: `T-${number[1]}` };
  const find = /^(?:查|查询|find)\s*(\S.*)$/i.exec(text);
  if (find?.[1]) {
    const ticket = /^T-?(\d+)$/i.exec(find[1]);
    return ticket ? { kind: 'show', id: `T-${ticket[1]}` } : { kind: 'find', query: find[1] };
  }
  if (rest.length === 0 && /^\d{8,}$/.test(first)) return { kind: 'find', query: first };
  return { kind: 'help', unknown: text };
}

/** What an agent typed after `/kf`. */
export type DeskCommand = { readonly kind: 'status' } | { readonly kind: 'help'; readonly unknown: string | null };

export function readDeskCommand(typed: string): DeskCommand {
  const text = typed.normalize('NFKC').trim();
  if (/^(状态|status)$/i.test(text)) return { kind: 'status' };
  return { kind: 'help', unknown: text === '' || /^(帮助|help)$/i.test(text) ? null : text };
}

export const HELP = [
  '*工单命令*',
  '`/ticket 新建` 电话受理：登记一张工单',
  '`/ticket 查 12345678` 按运单号查工单',
  '`/ticket T-1024` 看一张工单',
  '`/ticket 我的` 我手上的工单',
  '`/kf 状态` 现在的工单和今天的数字',
  '在任意消息的“更多操作”里选“转为工单”，可以把那条消息登记成工单。',
].join('\n');
