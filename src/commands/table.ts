import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../core/errors.ts';

const text = z.union([z.string(), z.number().transform(String)]);
/** A word that must appear, or a list of which one must. */
const wanted = z.union([text, z.array(text)]);

const expectation = z.strictObject({
  /** Intents acted on, exactly. */
  intents: z.array(z.string()).optional(),
  /** Phrases that must be among those said, in this order. */
  phrases: z.array(z.string()).optional(),
  says: z.array(wanted).optional(),
  not: z.array(text).optional(),
  outcome: z.enum(['answered', 'handed', 'left_alone']).optional(),
  ticket: z
    .strictObject({
      desk: z.string().optional(),
      kind: z.string().optional(),
      priority: z.string().optional(),
      waybill: text.nullable().optional(),
      /** Text that must stand in the summary. */
      summary: text.optional(),
      promised: z.boolean().optional(),
      /** Values that must stand in the form. */
      form: z.record(z.string(), text).optional(),
    })
    .nullable()
    .optional(),
  mood: z.enum(['calm', 'annoyed', 'angry', 'threatening']).optional(),
});

const turn = z.union([
  z.strictObject({
    /** One message, or several that are one turn. */
    customer: z.union([text.transform((one) => [one]), z.array(text).min(1)]),
    bot: expectation.prefault({}),
  }),
  z.strictObject({ later: z.string().regex(/^\d+(m|h|d)$/, 'a time such as 30m, 3h or 2d') }),
]);

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const table = z.strictObject({
  name: z.string().min(1),
  /** The rule it proves. */
  source: z.string().optional(),
  now: z.iso.datetime({ offset: true }),
  group: z.boolean().default(false),
  /** Rows that stand in for those with the same key, in this table only. */
  records: z.record(z.string(), z.array(z.record(z.string(), cell))).default({}),
  turns: z.array(turn).min(1),
});

/** A dialogue as a table: who says what, and what must come of it. */
export type Table = z.output<typeof table> & { readonly file: string };
export type Expectation = z.output<typeof expectation>;

/** The tables of a folder's .yml files, in order; none where there is no folder. Throws UsageError that names what is wrong where. */
export async function readTables(folder: string): Promise<readonly Table[]> {
  const names = await readdir(folder).catch(() => []);
  const tables: Table[] = [];
  for (const name of names.filter((file) => /\.ya?ml$/.test(file)).sort()) {
    const file = join(folder, name);
    const parsed = z.array(table).safeParse(parse(await readFile(file, 'utf8')));
    if (!parsed.success) throw new UsageError(`${file}: ${z.prettifyError(parsed.error)}`);
    tables.push(...parsed.data.map((one) => ({ ...one, file })));
  }
  return tables;
}
