import { sql } from 'kysely';
import type { VectorStore } from '../core/vectors.ts';
import type { Database } from './schema.ts';

export function vectorStore(db: Database): VectorStore {
  return {
    async vectors(model, hashes) {
      const rows = await db
        .selectFrom('vectors')
        .select(['hash', 'bytes'])
        .where('model', '=', model)
        .where('hash', 'in', sql<string>`(select value from json_each(${JSON.stringify(hashes)}))`)
        .execute();
      return new Map(rows.map(({ hash, bytes }) => [hash, bytes]));
    },
    async keepVectors(model, vectors) {
      if (vectors.size === 0) return;
      await db
        .insertInto('vectors')
        .values([...vectors].map(([hash, bytes]) => ({ model, hash, bytes })))
        .onConflict((conflict) =>
          conflict.columns(['model', 'hash']).doUpdateSet((eb) => ({ bytes: eb.ref('excluded.bytes') })),
        )
        .execute();
    },
    dropVectors: async (model) => void (await db.deleteFrom('vectors').where('model', '=', model).execute()),
    async keepOnlyVectorsOf(hashes) {
      await db
        .deleteFrom('vectors')
        .where('hash', 'not in', sql<string>`(select value from json_each(${JSON.stringify(hashes)}))`)
        .execute();
    },
  };
}
