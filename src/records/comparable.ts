import type { FieldType, RecordValue } from '../core/records.ts';

/** Digits that two spellings of one number share: without the country code of China, blanks and dashes. */
const CHINA = /^(?:0086|86)(?=1\d{10}$)/;

/** What a value is compared by; a list has one for each item. Nothing compares with nothing. */
export function comparables(value: RecordValue | undefined, type: FieldType): readonly string[] {
  if (value == null) return [];
  const text = String(value).normalize('NFKC').trim();
  switch (type) {
    case 'list':
      return text
        .split(/[;、|,]/)
        .map((item) => item.trim().toLowerCase())
        .filter((item) => item !== '');
    case 'phone':
      return [text.replace(/\D/g, '').replace(CHINA, '')];
    case 'number':
      return text !== '' && Number.isFinite(Number(text)) ? [String(Number(text))] : [];
    case 'time':
    case 'text':
      return [text.toLowerCase()];
  }
}
