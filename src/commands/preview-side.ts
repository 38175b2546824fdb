import { on } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { WaitingMessage } from '../core/store.ts';
import { loadKnowledge, type Folders } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import { replayAll } from '../preview/replay-all.ts';
import type { Reply } from '../preview/replay.ts';
import { createRecords } from '../records/records.ts';
import { playTable } from './play-table.ts';
import type { Table } from './table.ts';

interface Task {
  readonly folders: Folders;
  readonly questions: readonly WaitingMessage[];
  /** ISO 8601 */
  readonly now: string;
}

type Told =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'loaded'; readonly version: string }
  | { readonly kind: 'replied'; readonly replies: readonly Reply[] }
  | { readonly kind: 'played'; readonly differences: readonly string[] };

/** The other version of the knowledge, in a thread of its own: both versions are read and asked at once. To be called in this order. */
export interface OtherSide {
  /** The version of the knowledge there, or what is wrong with it. */
  loaded(): Promise<{ readonly version: string } | { readonly problems: readonly Problem[] }>;
  /** A reply for each question. */
  replies(): Promise<readonly Reply[]>;
  /** What differs from a table there. */
  play(table: Table): Promise<readonly string[]>;
  close(): Promise<void>;
}

export function openOtherSide(task: Task): OtherSide {
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  const messages = on(worker, 'message');
  async function next<K extends Told['kind']>(...kinds: readonly K[]): Promise<Extract<Told, { kind: K }>> {
    const told = ((await messages.next()).value as [Told])[0];
    if (!(kinds as readonly string[]).includes(told.kind)) throw new Error(`the other side said ${told.kind}`);
    return told as Extract<Told, { kind: K }>;
  }
  return {
    loaded: () => next('loaded', 'refused'),
    replies: async () => (await next('replied')).replies,
    async play(table) {
      worker.postMessage(table);
      return (await next('played')).differences;
    },
    close: async () => void (await worker.terminate()),
  };
}

/** The thread's own part. */
async function serve({ folders, questions, now }: Task, tell: (told: Told) => void): Promise<void> {
  const { knowledge, problems } = await loadKnowledge(folders);
  if (knowledge === null) return tell({ kind: 'refused', problems });
  tell({ kind: 'loaded', version: knowledge.version });
  const records = createRecords(knowledge.sources, process.env);
  parentPort?.on('message', (table: Table) => {
    void playTable(knowledge, records, table).then((differences) => tell({ kind: 'played', differences }));
  });
  const replies = await replayAll({ knowledge, records }, questions, new Date(now), () => undefined);
  tell({ kind: 'replied', replies });
}

if (parentPort !== null) await serve(workerData as Task, (told) => parentPort?.postMessage(told));
