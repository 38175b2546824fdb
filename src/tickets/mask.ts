/** What is hidden from an agent until they ask for it, one logged click each. */
export type PrivateKind = 'phone' | 'id' | 'account' | 'email' | 'name' | 'address';

/** Words that are known to be private, or known to be harmless, whatever they look like. */
export interface Privacy {
  readonly hide: readonly { readonly kind: PrivateKind; readonly value: string }[];
  /** Shown even where they look like a phone or an account: waybills. */
  readonly show: readonly string[];
}

/** A hidden piece: its place in the masked text, in UTF-16 units, and what stands behind it. */
export interface Hidden {
  readonly kind: PrivateKind;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

export interface Masked {
  readonly text: string;
  readonly hidden: readonly Hidden[];
}

const GAP = String.raw`[\s.·-]{0,2}`;
const PATTERNS: readonly (readonly [PrivateKind, RegExp])[] = [
  ['email', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g],
  ['id', /(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])/g],
  ['phone', new RegExp(String.raw`(?<!\d)(?:(?:\+|00)?86${GAP})?1[3-9](?:${GAP}\d){9}(?!\d)`, 'g')],
  ['phone', /\+[1-9](?:[\s-]?\d){7,14}(?!\d)/g],
  ['phone', /(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)/g],
  // A card, or several numbers run together; a row of dates is neither.
  ['account', /(?<![\d-])(?!\d{4}-\d\d-\d\d)\d(?:[\s-]?\d){15,}/g],
  ['account', /(?<=(?:账号|帐号|账户|帐户|卡号|account)[\s:(是为改成换到]{0,6})\d(?:[\s-]?\d){5,}/gi],
];

/** Hides phones, identity numbers, accounts, e-mail addresses and the known private words of a text. */
export function maskText(text: string, privacy: Privacy): Masked {
  let masked = '';
  let read = 0;
  const hidden: Hidden[] = [];
  for (const { kind, start, end } of findPrivate(text, privacy)) {
    const value = text.slice(start, end);
    masked += text.slice(read, start);
    const cover = coverUp(kind, value);
    hidden.push({ kind, start: masked.length, end: masked.length + cover.length, value });
    masked += cover;
    read = end;
  }
  return { text: masked + text.slice(read), hidden };
}

/** A whole value of a known kind, e.g. a field of a form. */
export function maskValue(kind: PrivateKind, value: string): Masked {
  if (value === '') return { text: '', hidden: [] };
  const text = coverUp(kind, value);
  return { text, hidden: [{ kind, start: 0, end: text.length, value }] };
}

interface Find {
  readonly kind: PrivateKind;
  readonly start: number;
  readonly end: number;
}

/** In order and apart: two that overlap are one, of the kind of the first. */
function findPrivate(text: string, { hide, show }: Privacy): Find[] {
  const finds: Find[] = [];
  // Chinese numerals are read as digits in a second look only: in 13800138000一个 the 一 is none.
  for (const read of new Set([halfWidth(text), numerals(halfWidth(text))])) {
    const open = show.reduce(blank, read);
    for (const [kind, pattern] of PATTERNS) {
      for (const found of open.matchAll(pattern)) {
        finds.push({ kind, start: found.index, end: found.index + found[0].length });
      }
    }
  }
  const known = show.reduce(blank, text);
  for (const { kind, value } of hide) {
    // One character alone is as likely a word as a name, a few digits are as likely an amount as the tail of a phone.
    if ([...value].length < 2 || /^\d{1,6}$/.test(value)) continue;
    for (let at = known.indexOf(value); at >= 0; at = known.indexOf(value, at + value.length)) {
      finds.push({ kind, start: at, end: at + value.length });
    }
  }
  finds.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Find[] = [];
  for (const find of finds) {
    const last = apart.at(-1);
    if (last === undefined || find.start >= last.end) apart.push(find);
    else if (find.end > last.end) apart[apart.length - 1] = { ...last, end: find.end };
  }
  return apart;
}

/** Full-width characters as half-width ones, each one unit long as before, so that places stay the same. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

const NUMERALS = '零一二三四五六七八九';

function numerals(text: string): string {
  return text.replace(/[〇零一二三四五六七八九幺]/g, (one) =>
    String('〇幺'.includes(one) ? '〇幺'.indexOf(one) : NUMERALS.indexOf(one)),
  );
}

/** Takes a word out of sight without moving anything; only where it is not part of a longer number. */
function blank(text: string, word: string): string {
  if (word === '') return text;
  const edge = new RegExp(`(?<![0-9A-Za-z])${word.replace(/\W/g, '\\$&')}(?![0-9A-Za-z])`, 'g');
  return text.replace(edge, '\0'.repeat(word.length));
}

function coverUp(kind: PrivateKind, value: string): string {
  const letters = [...value];
  switch (kind) {
    case 'phone':
    case 'id': {
      const digits = numerals(halfWidth(value))
        .replace(/[^\dXx]/g, '')
        .replace(/^(?:00)?86(?=1\d{10}$)/, '');
      return digits.length < 9 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
    }
    case 'account': {
      const digits = numerals(halfWidth(value)).replace(/\D/g, '');
      return digits.length < 8 ? '****' : `****${digits.slice(-4)}`;
    }
    case 'email': {
      const at = halfWidth(value).indexOf('@');
      return at < 0 ? '****' : `${letters[0] ?? ''}***${value.slice(at)}`;
    }
    case 'name':
      return `${letters[0] ?? ''}${'*'.repeat(Math.min(2, Math.max(1, letters.length - 1)))}`;
    case 'address':
      return `${letters.slice(0, letters.length > 10 ? 6 : 2).join('')}****`;
  }
}
