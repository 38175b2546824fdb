import { z } from 'zod';
import { PRIORITIES } from '../../core/ticket.ts';
import type { SlackFile } from './connection.ts';

const cell = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  files: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().nullish(),
        size: z.number().nullish(),
        url_private: z.string().nullish(),
        url_private_download: z.string().nullish(),
      }),
    )
    .nullish(),
});
const state = z.record(z.string(), z.record(z.string(), cell));

/** What was filled in, by block: words trimmed, empty where nothing was. */
export interface Filled {
  readonly words: Readonly<Record<string, string>>;
  readonly files: readonly SlackFile[];
}

export function filledIn(values: unknown): Filled {
  const read = state.catch({}).parse(values);
  const cells = Object.entries(read).flatMap(([block, inside]) => Object.values(inside).map((one) => ({ block, one })));
  return {
    words: Object.fromEntries(
      cells.map(({ block, one }) => [block, (one.selected_option?.value ?? one.value ?? '').trim()]),
    ),
    files: cells.flatMap(({ one }) =>
      (one.files ?? []).map(({ id, name, size, url_private, url_private_download }) => ({
        id,
        name: name ?? id,
        size: size ?? 0,
        url: url_private_download ?? url_private ?? '',
      })),
    ),
  };
}

const must = z.string('请填写').min(1, '请填写');
const may = z.string().default('');
const schemas = {
  'ticket.reply': z.object({ text: may }),
  'ticket.note': z.object({ text: must }),
  'ticket.nudge': z.object({ text: may }),
  'ticket.reopen': z.object({ text: must }),
  'ticket.transfer': z.object({ to: must, text: must }),
  'ticket.resolve': z.object({ result: must, text: may, cause: must }),
  'ticket.create': z.object({
    desk: must,
    kind: must,
    text: must,
    waybill: may,
    customer: may,
    phone: may,
    priority: z.enum(PRIORITIES, '请选择'),
  }),
} as const;
export type Callback = keyof typeof schemas;
export const CALLBACKS = Object.keys(schemas) as Callback[];
export type Form<C extends Callback> = z.output<(typeof schemas)[C]>;

/** What the modal holds, or what is wrong with it: a sentence a block, as Slack shows it beside the field. */
export function readForm<C extends Callback>(
  callback: C,
  { words, files }: Filled,
): { readonly form: Form<C> } | { readonly errors: Record<string, string> } {
  const read = schemas[callback].safeParse(words);
  if (!read.success) {
    return { errors: Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message])) };
  }
  if (callback === 'ticket.reply' && words['text'] === '' && files.length === 0) {
    return { errors: { text: '请填写回复内容，或附上图片、文件' } };
  }
  return { form: read.data as Form<C> };
}
