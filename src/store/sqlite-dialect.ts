import type Sqlite from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult } from 'kysely';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import type { Keeping } from './keeping.ts';
import { createSharedLook, type SharedLook } from './shared-look.ts';
import { createMemo } from '../core/bounded-map.ts';

/**
 * Kysely's SQLite, with habits of its own: statements are prepared once, transactions are committed together, what is only read is read over
 * `reader` and so is on disk, and what the disk refuses is told to `keeping`. No reader (a database in memory has only one
 * connection): transactions are committed one by one.
 */
export function sqliteDialect(
  writer: Sqlite.Database,
  reader: Sqlite.Database | null,
  keeping: Keeping,
): SqliteDialect {
  return new GroupingDialect(() => new GroupingDriver(writer, reader, keeping));
}

class GroupingDialect extends SqliteDialect {
  readonly #makeDriver: () => Driver;

  constructor(makeDriver: () => Driver) {
    super({ database: () => Promise.reject(new Error('the driver has its own')) });
    this.#makeDriver = makeDriver;
  }

  override createDriver(): Driver {
    return this.#makeDriver();
  }

  override createAdapter(): SqliteAdapter {
    return new ManyVisits();
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new StableStatements();
  }
}

/**
 * Lets a statement be planned once. SQLite takes a look at the values of places in comparisons and limits when it plans, and then plans anew
 * whenever such a place is cleared (`sqlite3VdbeReprepareOnBind`), which better-sqlite3 does after each use. It does not look behind a plus, which changes nothing else.
 */
class StableStatements extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/** Kysely would let one visit end, its commit too, before the next begins: then there would be nothing to commit together. */
class ManyVisits extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

type Run = <R>(query: CompiledQuery) => QueryResult<R>;

const SAVEPOINT = CompiledQuery.raw('savepoint part');
const RELEASE = CompiledQuery.raw('release part');
const UNDO = CompiledQuery.raw('rollback to part');

/** A connection is a short visit to one of the two real ones. */
class GroupingDriver implements Driver {
  readonly #close: () => Promise<void>;
  readonly #visit: () => Visit;

  constructor(writer: Sqlite.Database, reader: Sqlite.Database | null, keeping: Keeping) {
    const look = createSharedLook(writer);
    const group = createGroupCommit(writer, look, keeping, reader !== null);
    const write = preparedOnce(writer);
    const read = reader === null ? null : preparedOnce(reader);
    this.#visit = () => new Visit(group, writer, look, write, read, keeping);
    this.#close = async () => {
      await group.idle();
      look.close();
      reader?.close();
      writer.close();
    };
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#visit());
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as Visit).begin();
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return (connection as Visit).commit();
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    (connection as Visit).rollback();
    return Promise.resolve();
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return this.#close();
  }
}

class Visit implements DatabaseConnection {
  readonly #group: GroupCommit;
  readonly #writer: Sqlite.Database;
  readonly #look: SharedLook;
  readonly #write: Run;
  readonly #read: Run | null;
  readonly #keeping: Keeping;
  #inside = false;

  constructor(
    group: GroupCommit,
    writer: Sqlite.Database,
    look: SharedLook,
    write: Run,
    read: Run | null,
    keeping: Keeping,
  ) {
    this.#group = group;
    this.#writer = writer;
    this.#look = look;
    this.#write = write;
    this.#read = read;
    this.#keeping = keeping;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#inside) return this.#run<R>(query);
    if (this.#read !== null && /^select\b/i.test(query.sql)) {
      // The writer has what it wrote at hand; the reader reads the file again after every commit.
      if (this.#isWriting()) await this.#group.ended();
      try {
        if (this.#isWriting()) return this.#read<R>(query);
        this.#look.open();
        return this.#write<R>(query);
      } catch (error) {
        throw this.#keeping.explain(error);
      }
    }
    await this.#group.enter();
    let result: QueryResult<R>;
    try {
      result = this.#run<R>(query);
    } catch (error) {
      this.#leaveOthers();
      throw error;
    }
    await this.#group.leave();
    return result;
  }

  #isWriting(): boolean {
    return this.#writer.inTransaction && !this.#look.isOpen;
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    try {
      return this.#write<R>(query);
    } catch (error) {
      throw this.#group.failed(error);
    }
  }

  async begin(): Promise<void> {
    await this.#group.enter();
    this.#inside = true;
    try {
      this.#run(SAVEPOINT);
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  async commit(): Promise<void> {
    this.#run(RELEASE);
    this.#inside = false;
    await this.#group.leave();
  }

  /** Kysely asks for it too where committing failed: then there is nothing left to undo. */
  rollback(): void {
    if (!this.#inside) return;
    this.#inside = false;
    try {
      // A disk that is full has undone everything already; undoing it again would hide the reason.
      if (this.#writer.inTransaction) {
        this.#run(UNDO);
        this.#run(RELEASE);
      }
    } finally {
      this.#leaveOthers();
    }
  }

  /** Whether the others of the group are kept is not this one's business. */
  #leaveOthers(): void {
    this.#group.leave().catch(() => undefined);
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing here is read in a stream');
  }
}

const KEPT_STATEMENTS = 200;

/** The texts of our queries are few; where there are more than expected, the one that was not used for longest goes. */
function preparedOnce(database: Sqlite.Database): Run {
  const statements = createMemo<string, Sqlite.Statement>(KEPT_STATEMENTS);
  return <R>({ sql, parameters }: CompiledQuery): QueryResult<R> => {
    const statement = statements(sql, () => database.prepare(sql));
    if (statement.reader) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
  };
}
