import { sql } from 'kysely';

/** Written out in the query, not bound: SQLite takes a partial index only where the text says what the index says. */
export const inward = sql.lit<'in'>('in');
export const resolved = sql.lit<'resolved'>('resolved');
