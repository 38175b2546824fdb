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
  | { readonly kind: 'replied'; readonly version: string; readonly replies: readonly Reply[] }
  | { readonly kind: 'played'; readonly differences: readonly string[] };

/** The other version of the knowledge, in a thread of its own: both versions are read and asked at once. */
export interface OtherSide {
  readonly replied: Promise<Exclude<Told, { kind: 'played' }>>;
  /** What differs from a table there; once it has replied. */
  play(table: Table): Promise<readonly string[]>;
  close(): Promise<void>;
}

export function openOtherSide(task: Task): OtherSide {
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  const next = (): Promise<Told> =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  const replied = next().then((told) => {
    if (told.kind === 'played') throw new Error('a table was played before the questions');
    return told;
  });
  // Whoever never gets to ask must not be told by a crash.
  replied.catch(() => undefined);
  return {
    replied,
    async play(table) {
      const played = next();
      worker.postMessage(table);
      const told = await played;
      return told.kind === 'played' ? told.differences : [];
    },
    close: async () => void (await worker.terminate()),
  };
}

/** The thread's own part. */
async function serve({ folders, questions, now }: Task, tell: (told: Told) => void): Promise<void> {
  const { knowledge, problems } = await loadKnowledge(folders);
  if (knowledge === null) return tell({ kind: 'refused', problems });
  const records = createRecords(knowledge.sources, process.env);
  parentPort?.on('message', (table: Table) => {
    void playTable(knowledge, records, table).then((differences) => tell({ kind: 'played', differences }));
  });
  const replies = await replayAll({ knowledge, records }, questions, new Date(now), () => undefined);
  tell({ kind: 'replied', version: knowledge.version, replies });
}

if (parentPort !== null) await serve(workerData as Task, (told) => parentPort?.postMessage(told));
