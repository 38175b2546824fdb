import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const SIZE = 256;
/** What the toy model knows of the world: words that mean much the same are the same to it. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/盒子|箱子|货物|包装|东西/g, '物'],
  [/瘪得不像样|破损|破了?|碎了?|损坏|坏了/g, '毁'],
  [/几点关门|营业到几点|什么时候下班|打烊/g, '钟'],
];

/** A vector that depends on the words alone: characters, pairs and synonyms, by hash. */
export function toyVector(text: string): number[] {
  const meant = SYNONYMS.reduce((words, [pattern, meaning]) => words.replace(pattern, meaning), text);
  const vector = new Array<number>(SIZE).fill(0);
  const characters = [...meant.replace(/[\s\p{P}]/gu, '')];
  const add = (part: string, weight: number): void => {
    let hash = 2166136261;
    for (const character of part) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619) >>> 0;
    vector[hash % SIZE]! += weight;
  };
  for (const [i, character] of characters.entries()) {
    add(character, '物毁钟'.includes(character) ? 3 : 1);
    add(character + (characters[i + 1] ?? ''), 1);
  }
  return vector;
}

interface Asked {
  readonly model: string;
  readonly input: readonly string[];
}
/** Answers itself, e.g. wrongly. */
export type Answer = (asked: Asked, response: ServerResponse) => void;

export const json = (response: ServerResponse, body: unknown, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** In the shape of the platform's own. */
export const given = (vectors: readonly unknown[]) => ({
  object: 'list',
  model: 'toy',
  data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
  usage: { prompt_tokens: 1, total_tokens: 1 },
});

/** An OpenAI-compatible endpoint on this machine, with a toy model. */
export async function embeddingEndpoint() {
  const asked: Asked[] = [];
  const bodies: string[] = [];
  const endpoint = {
    /** In order; those of chat completions are in `bodies` alone. */
    asked,
    bodies,
    /** Null: as it should. */
    answer: null as Answer | null,
    url: '',
    /** Texts that were asked for. */
    texts: () => asked.flatMap(({ input }) => input),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      bodies.push(body);
      if (!request.url?.endsWith('/embeddings')) return json(response, { error: { message: 'no such model' } }, 404);
      const question = JSON.parse(body) as Asked;
      asked.push(question);
      if (endpoint.answer !== null) endpoint.answer(question, response);
      else json(response, given(question.input.map(toyVector)));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return endpoint;
}
