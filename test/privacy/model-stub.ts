import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Chance } from './chance.ts';
import type { Parcel } from './canaries.ts';

export interface ModelStub {
  /** For OPENAI_BASE_URL. */
  readonly url: string;
  calls(): number;
  close(): Promise<void>;
}

/** Messages with this word are answered by the adversary; others by a model that has no opinion, so that the same words get the same answer. */
export const STRANGE = '噜噜';

/** An OpenAI-compatible endpoint that is on nobody's side: other people's data, what nobody asked for, and rubbish. */
export async function openModelStub(chance: Chance, parcels: readonly Parcel[]): Promise<ModelStub> {
  let calls = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (body.includes(STRANGE)) calls += 1;
      const asked = /\\"message\\":\\"(.*?)\\"}/.exec(body)?.[1] ?? '';
      answer(response, asked, calls);
    });
  });

  function answer(response: ServerResponse, asked: string, nth: number): void {
    const { waybill, code, sender, amount } = chance.of(parcels);
    const secret = `甘雀${code} ${sender} ${amount}元`;
    const means = (intent: string, more: object = {}) =>
      said(JSON.stringify({ intent, quote: asked.slice(0, 20), entities: [], ...more }));
    // Every other one fits the shape, so that the breaker lets the next one through.
    const answers: readonly (() => void)[] = [
      () => means('payment-lookup', { entities: [{ type: 'waybill', text: waybill }] }),
      () => said(`{"intent":"payment-lookup","quote":"${secret}`),
      () => means('order-tracking', { quote: secret }),
      () => means('order-tracking', { answer: secret, reply: secret }),
      () => means(`退款给${secret}`),
      () => said(secret.repeat(40_000)),
      () =>
        means('order-tracking', {
          entities: [
            { type: 'phone-tail', text: sender.slice(-4) },
            { type: 'phone', text: sender },
          ],
        }),
      () => said(`<script>alert("${secret}")</script>`),
      () => means('out-of-scope'),
      () => response.writeHead(500).end(secret),
      () => means('constructor', { entities: [{ type: '__proto__', text: secret }] }),
      () => response.socket?.destroy(),
    ];
    function said(content: string): void {
      response.setHeader('content-type', 'application/json');
      const message = { role: 'assistant', content };
      response.end(JSON.stringify({ id: '1', object: 'chat.completion', choices: [{ index: 0, message }] }));
    }
    if (asked.includes(STRANGE)) answers[nth % answers.length]?.();
    else means('out-of-scope');
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
