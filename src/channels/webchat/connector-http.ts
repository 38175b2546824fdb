import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { messageOf, RefusedError, UnreachableError } from '../../core/errors.ts';

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
export type ConnectorHttp = NonNullable<ConnectorOptions['httpClient']>;

const TIMEOUT_MS = 15_000;

/**
 * How botbuilder's connector reaches a serviceUrl. Its own client repeats a failed call for seconds and follows
 * redirects to anywhere; here an attempt is one attempt, and its failure has our meaning. The outbox tries again.
 */
export const connectorHttp: ConnectorHttp = {
  async sendRequest(request) {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers.rawHeaders(),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(typeof request.body === 'string' ? { body: request.body } : {}),
    }).catch((error: unknown) => {
      throw new UnreachableError(`the service did not answer: ${messageOf(error)}`, { cause: error });
    });
    const { status } = response;
    const bodyAsText = await response.text().catch(() => '');
    if (status >= 500 || status === 408 || status === 429) throw busy(status, response.headers.get('retry-after'));
    if (status >= 300)
      throw new RefusedError(`http-${status}`, `the service refused the message with status ${status}`);
    // The adapter between botbuilder's two generations of HTTP libraries reads headers by this one method.
    const headers = { toJson: () => Object.fromEntries(response.headers) } as unknown as typeof request.headers;
    return { request, status, headers, bodyAsText };
  },
};

function busy(status: number, retryAfter: string | null): UnreachableError {
  const seconds = Number(retryAfter ?? Number.NaN);
  return new UnreachableError(
    `the service answered with status ${status}`,
    Number.isFinite(seconds) ? { retryAfter: seconds * 1000 } : {},
  );
}
