import type { IncomingMessage } from 'node:http';

/**
 * Where the sender of a request reached us, e.g. `https://kefu.example.cn`: what it may use for its next request.
 * It is only ever told back to that sender, so a forged header harms nobody else.
 */
export function originOf(request: IncomingMessage): string {
  const secure = 'encrypted' in request.socket || first(request.headers['x-forwarded-proto']) === 'https';
  const named = first(request.headers['x-forwarded-host']) ?? request.headers.host ?? '';
  const host = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i.test(named) ? named : 'localhost';
  return `${secure ? 'https' : 'http'}://${host}`;
}

function first(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim() || undefined;
}

const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** An address on this machine; the only kind an unauthenticated client may ask us to answer to. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    /^https?:$/.test(parsed.protocol) &&
    LOOPBACK_NAME.test(parsed.hostname) &&
    !parsed.username &&
    !parsed.password
  );
}

/**
 * A program on this machine speaks to us directly: not through a proxy (everybody would look local), not from a web
 * page in a browser here (which could be anybody's page).
 */
export function isLocal(request: IncomingMessage): boolean {
  const { headers, socket } = request;
  const near = /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
  const forwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => headers[name] !== undefined,
  );
  const fromPage = headers.origin !== undefined && !isLoopbackUrl(headers.origin);
  return near && !forwarded && !fromPage && isLoopbackUrl(`http://${headers.host ?? ''}`);
}
