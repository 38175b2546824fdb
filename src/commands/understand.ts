import type { Config } from '../config.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Explanation } from '../understanding/recogniser.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { knowledgeOrNull } from './knowledge.ts';
import { linesOfStdin } from './lines.ts';
import { clockFor } from './moment.ts';

/** `understand [--json]`: one message a line on stdin, what it means on stdout. */
export async function understand(
  config: Config,
  options: { json?: unknown; now?: unknown; explain?: unknown },
): Promise<number> {
  const clock = clockFor(options.now);
  const knowledge = await knowledgeOrNull(config);
  if (knowledge === null) return 1;
  for await (const line of linesOfStdin()) {
    const understood = knowledge.understand(line, clock.now());
    const why = options.explain === true ? knowledge.understand.explain(line, clock.now()) : null;
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify({ ...asRecord(line, understood, knowledge), ...(why === null ? {} : { explanation: why }) })}\n`
        : `${asText(line, understood, knowledge)}\n${why === null ? '' : reasonsOf(why)}`,
    );
  }
  return 0;
}

/** The main request: no mere courtesy where there is another, then what the whole message sounds like, then the surest. */
function main(understood: Understanding, knowledge: Knowledge): { intent: string; confidence: number } {
  const small = (intent: string): number => Number(knowledge.intents.get(intent)?.small ?? false);
  const [whole] = understood.guesses;
  const part = (intent: string): number => Number(intent !== whole?.intent);
  const [best] = [...understood.requests].sort(
    (a, b) => small(a.intent) - small(b.intent) || part(a.intent) - part(b.intent) || b.confidence - a.confidence,
  );
  return best ?? { intent: 'out-of-scope', confidence: 1 - (whole?.confidence ?? 0) };
}

/** Each once, in the order in which they are asked for. */
function intentsIn({ requests }: Understanding): readonly string[] {
  return [...new Set(requests.map((request) => request.intent))];
}

function asRecord(text: string, understood: Understanding, knowledge: Knowledge): object {
  const { intent, confidence } = main(understood, knowledge);
  return {
    text,
    intent,
    confidence: Number(confidence.toFixed(4)),
    intents: intentsIn(understood),
    entities: understood.entities.map(({ type, value, text: words }) => ({ type, value, text: words })),
    mood: understood.mood,
  };
}

function asText(text: string, understood: Understanding, knowledge: Knowledge): string {
  const { intent, confidence } = main(understood, knowledge);
  const entities = understood.entities.map(({ type, value }) => `${type}=${value}`).join(' ');
  const others = understood.requests.length > 1 ? ` [${intentsIn(understood).join(', ')}]` : '';
  return `${text}\t${intent} ${confidence.toFixed(2)}${others}\t${understood.mood}\t${entities}`;
}

/** Indented under its message: the first guesses, what spoke for and against the first, and the nearest examples. */
function reasonsOf({ guesses, features, nearest }: Explanation): string {
  const lines = [
    `猜测 (guesses): ${guesses.map(({ intent, confidence }) => `${intent} ${confidence.toFixed(2)}`).join(', ') || '—'}`,
    `依据 (features): ${features.map(({ feature, weight }) => `「${feature}」${weight > 0 ? '+' : ''}${weight.toFixed(2)}`).join(' ') || '—'}`,
    ...nearest.map(
      ({ example, intent, likeness }) => `相近例句 (nearest): ${likeness.toFixed(2)} ${intent} ${example}`,
    ),
  ];
  return lines.map((line) => `    ${line}\n`).join('');
}
