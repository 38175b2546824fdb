import type { Ticket } from '../core/ticket.ts';
import type { PrivateKind, Privacy } from '../core/privacy/mask.ts';

const SLOT_KINDS: readonly (readonly [RegExp, PrivateKind])[] = [
  [/phone|mobile|tel(?:ephone)?$|^contact$|电话|手机/, 'phone'],
  [/address|addr$|地址|^new_value$/, 'address'],
  [/account[_-]?name|户名/, 'name'],
  [/id[_-]?(?:card|number)|identity|身份证/, 'id'],
  [/account|\bcard|_card|bank_?number|账号|账户|卡号/, 'account'],
  [/e?mail|邮箱/, 'email'],
  [/^(?:full[_-]?)?name$|(?:sender|receiver|contact|customer|payee)(?:[_-]?name)?$|姓名|收件人|寄件人/, 'name'],
];

/** What kind of private thing a slot of a form holds, by its name; null for a harmless one. */
export function privateSlot(slot: string): PrivateKind | null {
  const name = slot.toLowerCase();
  if (/waybill/.test(name)) return null;
  return SLOT_KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** What must be hidden, and what may be shown, in every text about a ticket. */
export function privacyOf(ticket: Pick<Ticket, 'customer' | 'form' | 'waybill'>): Privacy {
  const hide: Privacy['hide'][number][] = [];
  const show: string[] = ticket.waybill === null ? [] : [ticket.waybill];
  if (ticket.customer.name !== undefined) hide.push({ kind: 'name', value: ticket.customer.name });
  for (const [slot, value] of Object.entries(ticket.form)) {
    const kind = privateSlot(slot);
    if (kind !== null) hide.push({ kind, value });
    else if (/waybill/i.test(slot)) show.push(value);
  }
  return { hide, show };
}
