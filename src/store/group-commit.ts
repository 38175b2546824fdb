import { setTimeout } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { Keeping } from './keeping.ts';
import type { SharedLook } from './shared-look.ts';
import { codeOf } from './unfit.ts';

/**
 * Many transactions, one fsync: what comes within one round of the event loop, or before the disk has had its rest, is written in
 * one transaction of the database, each part in a savepoint of its own, so that one that fails takes no other with it.
 */
export interface GroupCommit {
  /** Resolves when it is this one's turn to write; nothing else writes until `leave`. */
  enter(): Promise<void>;
  /** Others may write. Resolves when what was written is on disk; rejects when it will never be. */
  leave(): Promise<void>;
  /** What a statement threw, as the rest of the program is to see it. SQLite undoes everything after some errors: then nothing of the group is kept. */
  failed(error: unknown): unknown;
  /** Resolves when the group that is being written has ended, or at once where there is none. */
  ended(): Promise<void>;
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
}

/** More than so many in one round would hold up everything else that goes on. */
const MOST = 64;
/**
 * Nothing else goes on while the disk writes: after a commit the next one comes no sooner than so many times what it took, and no later
 * than so many ms, and meanwhile what comes is gathered.
 */
const REST = 2;
const LONGEST_REST = 10;
/** How long a writer waits for another process to finish, and how long between two looks; in ms. */
const BUSY_FOR = 5000;
const BUSY_STEP = 5;

/** `together`: false where readers would see what is not yet committed; then each one is committed by itself. */
export function createGroupCommit(
  database: Sqlite.Database,
  look: SharedLook,
  keeping: Keeping,
  together: boolean,
): GroupCommit {
  const waiting: (() => void)[] = [];
  let busy = false;
  let members = 0;
  /** Fewer after a group that was not kept: a disk that is nearly full, or bad in places, keeps what is small. */
  let most = MOST;
  let group: PromiseWithResolvers<void> | null = null;
  let due = false;
  /** ms of the monotonic clock. */
  let restedAt = 0;

  function next(): void {
    if (busy || members >= most) return;
    const admit = waiting.shift();
    if (admit === undefined) return;
    busy = true;
    admit();
  }

  /** SQLite's own waiting would hold up the whole process. */
  async function begin(): Promise<void> {
    for (let waited = 0; look.isOpen || !database.inTransaction; waited += BUSY_STEP) {
      try {
        look.close();
        // A transaction that reads first and writes later fails at once when another process wrote in between.
        database.exec('begin immediate');
      } catch (error) {
        if (!codeOf(error).startsWith('SQLITE_BUSY') || waited >= BUSY_FOR) throw keeping.explain(error);
        await setTimeout(BUSY_STEP);
      }
    }
  }

  function commit(): void {
    due = false;
    const ending = group;
    if (ending !== null) {
      try {
        const began = performance.now();
        database.exec('commit');
        const ended = performance.now();
        restedAt = ended + Math.min(REST * (ended - began), LONGEST_REST);
        group = null;
        most = Math.min(2 * most, MOST);
        keeping.kept();
        ending.resolve();
      } catch (error) {
        if (database.inTransaction) database.exec('rollback');
        giveUp(error);
      }
    }
    members = 0;
    next();
  }

  function giveUp(error: unknown): void {
    group?.reject(keeping.explain(error));
    group = null;
    // Those who try again do so at the same time: together they would fail together for ever.
    most = 1;
  }

  return {
    async enter() {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      members++;
      try {
        await begin();
      } catch (error) {
        busy = false;
        members--;
        next();
        throw error;
      }
      if (group !== null) return;
      const begun = (group = Promise.withResolvers<void>());
      // Whoever is in the group hears of it; nobody else needs to.
      group.promise.catch(() => undefined);
      if (!together) {
        due = true;
        return;
      }
      const end = (): void => {
        if (group !== begun) return;
        if (busy) due = true;
        else commit();
      };
      const rest = restedAt - performance.now();
      if (rest > 0) void setTimeout(rest).then(end);
      else setImmediate(end);
    },
    leave() {
      const kept = group?.promise ?? Promise.resolve();
      busy = false;
      if (due || members >= most) commit();
      else next();
      return kept;
    },
    failed(error) {
      if (group !== null && !database.inTransaction) giveUp(error);
      return keeping.explain(error);
    },
    ended: () => group?.promise.catch(() => undefined) ?? Promise.resolve(),
    async idle() {
      while (busy || group !== null || waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
