import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Database } from './schema.ts';

/** Stands in a query for a value that is not known yet. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is asked for every message: its text is built once, with the first values, and takes others from then on. `given` has the names of
 * the values, the same ones each time; what is written into the query from elsewhere must never change.
 */
export function template<Given extends object, Row>(
  build: (db: Database, given: Given) => Compilable<Row>,
): (db: Database, values: Given) => Promise<QueryResult<Row>> {
  let built: CompiledQuery<Row> | undefined;
  return (db, values) => {
    built ??= build(db, placesOf(values)).compile();
    const named = values as Readonly<Record<string, unknown>>;
    const parameters = built.parameters.map((one) => (one instanceof Place ? named[one.name] : one));
    return db.executeQuery({ ...built, parameters });
  };
}

function placesOf<Given extends object>(values: Given): Given {
  return Object.fromEntries(Object.keys(values).map((name) => [name, new Place(name)])) as Given;
}
