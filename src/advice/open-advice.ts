import OpenAI from 'openai';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { VectorStore } from '../core/vectors.ts';
import { createAdviser } from './adviser.ts';
import { createBudget } from './budget.ts';
import { createEmbed } from './embed.ts';
import { createMeanings, type Meanings, type MeaningsOptions } from './meanings.ts';
import { createSecondOpinion } from './second-opinion.ts';

export interface Endpoint {
  /** Some local endpoints ask for none. */
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  /** Null: no language model is asked. */
  readonly model: string | null;
  /** Null: no vectors are asked for. */
  readonly embeddingModel: string | null;
}

export interface AdviceOptions extends Pick<MeaningsOptions, 'rest' | 'batchPatience' | 'tell'> {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: VectorStore;
  /** ms that a turn may wait. */
  readonly patience?: number;
}

/** Who is asked behind an OpenAI-compatible endpoint. */
export interface Advice {
  readonly secondOpinion: ReturnType<typeof createSecondOpinion>;
  /** Null: none are asked for. */
  readonly meanings: Meanings | null;
}

/** Imported only where an endpoint is configured. One budget a day for all that is asked at turns. */
export function openAdvice(endpoint: Endpoint, { patience, ...options }: AdviceOptions): Advice {
  const { clock, log } = options;
  const { model, embeddingModel } = endpoint;
  const client = clientOf(endpoint);
  const withinBudget = createBudget(clock);
  const meanings =
    embeddingModel === null
      ? null
      : createMeanings({ ...options, embed: createEmbed(client, embeddingModel), model: embeddingModel, withinBudget });
  const advise = model === null ? null : createAdviser({ client, model, clock, log, withinBudget });
  return { secondOpinion: createSecondOpinion(meanings, advise, patience), meanings };
}

function clientOf({ apiKey, baseUrl }: Pick<Endpoint, 'apiKey' | 'baseUrl'>): OpenAI {
  return new OpenAI({
    apiKey: apiKey ?? 'none',
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    logLevel: 'off',
  });
}
