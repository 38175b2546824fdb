import OpenAI from 'openai';
import { createAdviser, type Advise, type AdviserOptions } from './adviser.ts';

export interface Endpoint {
  /** Some local endpoints ask for none. */
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly model: string;
}

/** The adviser behind an OpenAI-compatible endpoint; imported only where one is configured. */
export function openAdviser(
  { apiKey, baseUrl, model }: Endpoint,
  options: Pick<AdviserOptions, 'clock' | 'log' | 'patience'>,
): Advise {
  const client = new OpenAI({
    apiKey: apiKey ?? 'none',
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    logLevel: 'off',
  });
  return createAdviser({ client, model, ...options });
}
