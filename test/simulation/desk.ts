import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Records } from '../../src/core/records.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { createRecords } from '../../src/records/records.ts';
import { ROOT } from '../shipped.ts';

/** What the simulated company runs: the shipped desk, with a flow that writes to another system and follows up later. */
export interface SimulatedDesk {
  /** In force one after the other: edits of the same files. */
  readonly editions: readonly Knowledge[];
  /** Sources that are the same for everybody and hold nothing private. */
  readonly records: Records;
}

export const FOLLOW_UP = '改约回访';

const INTENT = `title: 预约回访
desk: service
examples: [预约回访, 帮我预约一次回访, 我要预约回访服务, 登记一个回访]
steps:
  - call: { source: booking, operation: book, confirm: simulated.confirm, as: booked }
  - follow_up: { after: 20m, say: simulated.follow-up }
  - say: simulated.booked
`;
const PHRASES = `simulated.confirm:
  zh: 给您预约一次回访，可以吗？
  en: Shall we book a call-back for you?
simulated.booked:
  zh: 预约好了，编号{{ booked.number }}，20分钟后联系您。
  en: Booked as {{ booked.number }}; we will be in touch in 20 minutes.
simulated.follow-up:
  zh: 您好，${FOLLOW_UP}：请问现在都顺利吗？
  en: Hello, ${FOLLOW_UP}, is all well now?
`;
const SOURCE = `
booking:
  from: http
  url: https://booking.example.com/
  key: number
  fields:
    number: { type: text, required: true }
`;

export async function simulatedDesk(): Promise<SimulatedDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'yingsheng-simulation-'));
  try {
    const [intents, knowledge] = [join(folder, 'intents'), join(folder, 'knowledge')];
    cpSync(join(ROOT, 'intents'), intents, { recursive: true });
    cpSync(join(ROOT, 'knowledge'), knowledge, { recursive: true });
    writeFileSync(join(intents, 'follow-up-call.yml'), INTENT);
    writeFileSync(join(knowledge, 'phrases', 'simulated.yml'), PHRASES);
    const sources = join(knowledge, 'sources.yml');
    writeFileSync(sources, readFileSync(sources, 'utf8') + SOURCE);
    const load = async (): Promise<Knowledge> => {
      const { knowledge: loaded, problems } = await loadKnowledge({ intents, knowledge });
      if (loaded !== null) return loaded;
      throw new Error(problems.map(({ path, line, code }) => `${path}:${line} ${code}`).join('\n'));
    };
    const first = await load();
    const policies = join(knowledge, 'policies.yml');
    writeFileSync(policies, readFileSync(policies, 'utf8').replace('company: 应声快运', 'company: 应声物流'));
    const second = await load();
    return { editions: [first, second], records: createRecords(first.sources, {}) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
