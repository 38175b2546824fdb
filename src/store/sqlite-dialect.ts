import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult, SqliteDatabase, SqliteStatement } from 'kysely';
import type { Keeping } from './keeping.ts';

/**
 * Kysely's SQLite, with four habits of its own: statements are prepared once, a
 * transaction asks for the write lock at its start, a lock that another holds is waited for without blocking the process,
 * and what the disk refuses is told to `keeping`.
 */
export function sqliteDialect(database: Sqlite.Database, keeping: Keeping): SqliteDialect {
  return new WritingDialect({ database: preparedOnce(database) }, database, keeping);
}

class WritingDialect extends SqliteDialect {
  readonly #makeDriver: () => Driver;

  constructor(config: { database: SqliteDatabase }, database: Sqlite.Database, keeping: Keeping) {
    super(config);
    this.#makeDriver = () => new WritingDriver(config, database, keeping);
  }

  override createDriver(): Driver {
    return this.#makeDriver();
  }
}

/**
 * A transaction that reads first and writes later fails at once when another process wrote in between, however long
 * it would wait; one that begins as a writer waits its turn instead.
 */
class WritingDriver extends SqliteDriver {
  readonly #database: Sqlite.Database;
  readonly #keeping: Keeping;
  #watched: DatabaseConnection | undefined;

  constructor(config: { database: SqliteDatabase }, database: Sqlite.Database, keeping: Keeping) {
    super(config);
    this.#database = database;
    this.#keeping = keeping;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#watched ??= watched(patient(await super.acquireConnection()), this.#database, this.#keeping);
    return this.#watched;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A disk that is full has undone the transaction already; undoing it again would hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** Tells `keeping` what failed, and what is on disk. */
function watched(connection: DatabaseConnection, database: Sqlite.Database, keeping: Keeping): DatabaseConnection {
  let wrote = false;
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      try {
        const result = await connection.executeQuery<R>(query);
        wrote ||= (result.numAffectedRows ?? 0n) > 0n;
        if (wrote && !database.inTransaction) {
          keeping.kept();
          wrote = false;
        }
        return result;
      } catch (error) {
        throw keeping.explain(error);
      }
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

/** How long a writer waits for another one to finish, and how long between two looks; in ms. */
const BUSY_FOR = 5000;
const BUSY_STEP = 5;

/** SQLite's own waiting would hold up the whole process, and the very writer it waits for if that is one of ours. */
function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      for (let waited = 0; ; waited += BUSY_STEP) {
        try {
          return await connection.executeQuery<R>(query);
        } catch (error) {
          if (!isBusy(error) || waited >= BUSY_FOR) throw error;
          await setTimeout(BUSY_STEP);
        }
      }
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

const KEPT_STATEMENTS = 200;

/** The texts of our queries are few; the oldest goes when there are more than expected. */
function preparedOnce(database: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const [oldest] = statements.keys();
      if (oldest !== undefined && statements.size >= KEPT_STATEMENTS) statements.delete(oldest);
      const statement = database.prepare(sql) as unknown as SqliteStatement;
      statements.set(sql, statement);
      return statement;
    },
    close: () => void database.close(),
  };
}
