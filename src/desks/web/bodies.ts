import { z } from 'zod';
import { RefusedError } from '../../core/errors.ts';
import { TICKET_STATUSES } from '../../core/ticket.ts';

/** Characters of what an agent writes. */
const WORDS = 4000;
const word = (most: number) => z.string().trim().min(1).max(most);
const agent = z.union([z.string(), z.number().int()]).transform(String).pipe(word(32));
/** Whoever acts. The name is used where desks.yml does not list the number. */
const actor = { agent, name: word(50).optional() };
/** Given by the sender: the same id twice has one effect. */
const once = { client_id: word(100).optional() };

export const claimBody = z.object(actor);
export const replyBody = z.object({ ...actor, ...once, text: word(WORDS) });
export const noteBody = replyBody;
export const transferBody = z.object({ ...actor, desk: word(100), reason: word(WORDS) });
export const resolveBody = z.object({ ...actor, result: word(WORDS) });
export const reopenBody = z.object({ ...actor, reason: word(WORDS) });
export const revealBody = z.object({ ...actor, field: word(300) });

/** A filter that is empty filters nothing. */
const filter = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
export const listQuery = z.object({
  status: filter(z.enum(TICKET_STATUSES)),
  desk: filter(z.string().max(100)),
  q: filter(z.string().trim().max(200)),
  limit: filter(z.coerce.number().int().min(1).max(1000)),
});

const chinese = z.locales.zhCN().localeError;

/** Throws `bad-request` with one Chinese sentence that names every field that does not fit. */
export function read<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const read = schema.safeParse(given, { error: chinese });
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')} ${message}` : message,
  );
  throw new RefusedError('bad-request', `请求内容有误：${wrong.join('；')}`);
}
