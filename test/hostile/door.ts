import { Agent, request as open } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Asked {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes and text go out as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** Who knocks, from an address of their own: the door lets in 600 a minute from each. */
export interface Door {
  ask(method: string, path: string, asked?: Asked): Promise<Answered>;
  close(): void;
}

export function openDoor(url: string, nth = 0): Door {
  const { hostname, port } = new URL(url);
  const localAddress = `127.0.${1 + Math.floor(nth / 250)}.${1 + (nth % 250)}`;
  const agent = new Agent({ keepAlive: true, localAddress });
  return {
    ask: (method, path, { token, headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const bytes =
          body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
        const call = open({
          agent,
          hostname,
          port,
          method,
          path,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(bytes === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
        });
        call.on('error', reject);
        call.on('response', (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
        });
        call.end(bytes);
      }),
    close: () => agent.destroy(),
  };
}
