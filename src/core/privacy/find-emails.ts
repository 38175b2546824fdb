import type { Find } from './find.ts';
import type { Reading } from './reading.ts';

const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;

export function findEmails({ text }: Reading): Find[] {
  return Array.from(text.matchAll(EMAIL), ({ index, 0: { length } }) => ({
    kind: 'email' as const,
    start: index,
    end: index + length,
  }));
}
