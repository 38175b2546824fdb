import { fieldsOf, textOf } from '../browser/value.ts';

/**
 * Why a request did not work, as far as it changes what the page does:
 * - unreachable: nobody answered. busy: the server asks us to come later. Both: again later.
 * - gone: the token or the conversation is not known any more. A new conversation.
 * - refused: the same request will be refused again; the words say why.
 */
export type FailureKind = 'unreachable' | 'busy' | 'gone' | 'refused';

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  readonly status: number;

  constructor(kind: FailureKind, message: string, status = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

export function failureOfStatus(status: number, message: string): Failure {
  if (status === 401 || status === 403 || status === 404) return new Failure('gone', message, status);
  if (status === 408 || status === 429 || status >= 500) return new Failure('busy', message, status);
  return new Failure('refused', message, status);
}

/** The words in Direct Line's (and our) error shape. */
export const errorWords = (answer: unknown): string => textOf(fieldsOf(fieldsOf(answer)['error'])['message']) ?? '';

export const kindOf = (error: unknown): FailureKind => (error instanceof Failure ? error.kind : 'unreachable');
