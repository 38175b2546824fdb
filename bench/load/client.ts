/** Somebody who asks, and hears the answer. */
export interface Client {
  /** Resolves once the answer is there. Throws on any other status than 200, and where nothing comes within 30 s. */
  ask(text: string): Promise<string>;
  close(): void;
}

/** `nth`: tells one client from another. */
export type Connect = (url: string, nth: number) => Promise<Client>;

/** An answer that has not come by then never will; in ms. */
const PATIENCE = 30_000;

/** One answer that is waited for. */
export function expectAnswer(): { readonly promise: Promise<string>; readonly resolve: (text: string) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const alarm = setTimeout(() => reject(new Error('no answer within 30 s')), PATIENCE);
  return {
    promise,
    resolve: (text) => {
      clearTimeout(alarm);
      resolve(text);
    },
  };
}
