import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const ROOT = join(import.meta.dirname, '..', '..');
const OWN = join(import.meta.dirname, 'desk');

export interface DeskFolders {
  readonly intents: string;
  readonly knowledge: string;
}

/**
 * The files the program is run with. `shipped`: the shipped desk and three intents more, whose answers name the message
 * they answer. `small`: those three alone, for runs that start the program a thousand times for one message.
 * In both nobody is paced, limited or waited for, so that many messages fit between two kills.
 */
export async function prepareDesk(folder: string, size: 'shipped' | 'small'): Promise<DeskFolders> {
  const desk = { intents: join(folder, 'intents'), knowledge: join(folder, 'knowledge') };
  await mkdir(desk.intents, { recursive: true });
  await cp(join(ROOT, 'knowledge'), desk.knowledge, { recursive: true });
  if (size === 'shipped') await cp(join(ROOT, 'intents'), desk.intents, { recursive: true });
  else {
    await rm(join(desk.knowledge, 'faq'), { recursive: true, force: true });
    await rm(join(desk.knowledge, 'chatter.txt'), { force: true });
  }
  await cp(join(OWN, 'intents'), desk.intents, { recursive: true });
  await cp(join(OWN, 'phrases'), join(desk.knowledge, 'phrases'), { recursive: true });
  await change(join(desk.knowledge, 'policies.yml'), (policies) => {
    Object.assign(policies['dialogue'] as object, { merge_ms: 50, ...(size === 'small' ? { alone: {} } : {}) });
    Object.assign(policies['limits'] as object, { messages_per_minute: 100_000 });
  });
  await change(join(desk.knowledge, 'groups.yml'), (groups) => {
    groups['pace'] = { person_ms: 0, between_ms: 0, a_minute: 600, a_day: 100_000 };
  });
  return desk;
}

async function change(file: string, edit: (content: Record<string, unknown>) => void): Promise<void> {
  const content = parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  edit(content);
  await writeFile(file, stringify(content));
}
