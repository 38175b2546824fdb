import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult, SqliteDatabase, SqliteStatement } from 'kysely';

/**
 * Kysely's SQLite, with three habits of its own: statements are prepared once, a
 * transaction asks for the write lock at its start, and a lock that another holds is waited for without blocking the process.
 */
export function sqliteDialect(database: Sqlite.Database): SqliteDialect {
  return new WritingDialect({ database: preparedOnce(database) });
}

class WritingDialect extends SqliteDialect {
  readonly #config: { database: SqliteDatabase };

  constructor(config: { database: SqliteDatabase }) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new WritingDriver(this.#config);
  }
}

/**
 * A transaction that reads first and writes later fails at once when another process wrote in between, however long
 * it would wait; one that begins as a writer waits its turn instead.
 */
class WritingDriver extends SqliteDriver {
  #patient: DatabaseConnection | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#patient ??= patient(await super.acquireConnection());
    return this.#patient;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
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
