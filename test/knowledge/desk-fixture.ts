import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { ENGINE_PHRASES } from '../../src/knowledge/engine-phrases.ts';
import { loadKnowledge, type Folders } from '../../src/knowledge/load.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Problem } from '../../src/knowledge/problem.ts';

/** Contents by path below the desk, e.g. `intents/greeting.yml`; null takes the file away. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** The smallest desk without a problem: one flow, one csv source, one department, one agent. */
export const MINIMAL: Readonly<Record<string, string>> = {
  'intents/order-tracking.yml': `title: 查货
desk: service
examples:
  - 查一下{waybill}到哪了
  - 我的货到哪里了
slots:
  waybill: { ask: ask.waybill }
steps:
  - find: order
    by: { waybill: slots.waybill }
  - choose:
      - when: order == null
        say: order.missing
      - otherwise:
        say: order.where
`,
  'knowledge/phrases/engine.yml': ENGINE_PHRASES.map((key) => `${key}: 好的\n`).join(''),
  'knowledge/phrases/order.yml':
    'order.missing: 没有查到{{ slots.waybill }}\norder.where: { zh: "{{ order.location }}", en: ["{{ order.location }}"] }\n',
  'knowledge/faq/hours.yml': '- question: 你们几点上班\n  similar: [什么时候营业]\n  answer: 每天八点\n  owner: 林晓\n',
  'knowledge/sources.yml': `order:
  from: csv
  file: data/orders.csv
  key: waybill
  owner_phones: [phone]
  fields:
    waybill: { required: true }
    phone: { type: phone, private: true }
    location: text
    status: { values: [booked, arrived] }
    weight: number
    at: time
    aliases: list
  entities:
    city: [location, aliases]
`,
  'knowledge/data/orders.csv': `waybill,phone,location,status,weight,at,aliases
12345678,13812345678,成都,arrived,12.5,2026-11-20T10:00:00+08:00,蓉城;天府
12345679,,北京,booked,,,
`,
  'knowledge/desks.yml': `hours:
  day: { workdays: "08:30-12:00, 13:30-18:00" }
desks:
  service: { title: 客服部, hours: day, promises: { reply: 30m } }
default_desk: service
agents:
  - { number: 8001, name: 林晓, desks: [service] }
`,
  'knowledge/policies.yml': `company: 应声快运
bot_number: 8000
waybill: { pattern: "[1-9][0-9]{7}", example: "12345678" }
remit_days: 15
`,
};

export const NOON = fixedClock('2026-06-15T12:00:00+08:00');

/** Writes the minimal desk, changed by `files`, into a temporary folder that goes when the test ends. */
export async function writeDesk(files: Files = {}): Promise<Folders & { readonly root: string }> {
  const root = await mkdtemp(path.join(tmpdir(), 'desk-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const folder of ['intents', 'knowledge']) await mkdir(path.join(root, folder));
  for (const [name, content] of Object.entries<string | Uint8Array | null>({ ...MINIMAL, ...files })) {
    if (content !== null) await put(root, name, content);
  }
  return { root, intents: path.join(root, 'intents'), knowledge: path.join(root, 'knowledge') };
}

export async function put(root: string, name: string, content: string | Uint8Array): Promise<void> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** A file of the minimal desk with one passage replaced. */
export function edited(name: string, from: string, to: string): Files {
  const text = MINIMAL[name] ?? '';
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  return { [name]: text.replace(from, to) };
}

/** Problems as `file:line:column code`, the file without its temporary folder. */
export async function problemsOf(files: Files = {}): Promise<string[]> {
  const folders = await writeDesk(files);
  const { problems } = await loadKnowledge(folders, NOON);
  return problems.map((problem) => brief(problem, folders.root));
}

export function brief({ path: file, line, column, code }: Problem, root: string): string {
  return `${file.replace(`${root}/`, '')}:${line}:${column} ${code}`;
}

export async function knowledgeOf(files: Files = {}): Promise<Knowledge> {
  const { knowledge, problems } = await loadKnowledge(await writeDesk(files), NOON);
  if (!knowledge) throw new Error(problems.map((problem) => problem.message.en).join('\n'));
  return knowledge;
}
