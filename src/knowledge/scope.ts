import type { Language } from '../understanding/understanding.ts';

/** What conditions and phrases can see: plain JSON values by name, and the moment they are evaluated for. */
export interface Scope {
  readonly values: Readonly<Record<string, unknown>>;
  readonly now: Date;
  readonly language: Language;
}
