import type { Words } from './words.ts';

/** 今天 15:30, 昨天 09:05, 11月3日 10:00; the reader's own time zone. */
export function momentWords(at: number, now: number, words: Words): string {
  const then = new Date(at);
  const time = then.toLocaleTimeString(words.locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return `${words.today} ${time}`;
  if (at >= midnight - 86_400_000) return `${words.yesterday} ${time}`;
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  const day = then.toLocaleDateString(words.locale, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
  });
  return `${day} ${time}`;
}
