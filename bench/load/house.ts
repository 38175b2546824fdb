import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const TOKEN = 'desk-token-of-the-bench';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
/** What `npm start` runs, without npm: signals and figures are then those of the program itself. */
const START = scripts.start.split(' ').slice(1);

/** The shipped desk in a folder of its own, with policies changed for a bench. */
export interface House {
  readonly intents: string;
  readonly knowledge: string;
  readonly data: string;
  remove(): void;
}

/**
 * `policies`: replacements in the text of policies.yml. Left as they are, a person may write 30 messages a minute and is given 1.2 s to finish
 * a thought: waits that are meant, and not what a bench of speed asks about.
 */
export function makeHouse(policies: Readonly<Record<string, string>> = UNLIMITED): House {
  const root = mkdtempSync(join(tmpdir(), 'yingsheng-bench-'));
  const [intents, knowledge, data] = [join(root, 'intents'), join(root, 'knowledge'), join(root, 'data')];
  cpSync(join(ROOT, 'intents'), intents, { recursive: true });
  cpSync(join(ROOT, 'knowledge'), knowledge, { recursive: true });
  mkdirSync(data);
  const file = join(knowledge, 'policies.yml');
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of Object.entries(policies)) {
    if (!text.includes(from)) throw new Error(`policies.yml does not say ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(file, text);
  return { intents, knowledge, data, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export const UNLIMITED = { 'merge_ms: 1200': 'merge_ms: 0', 'messages_per_minute: 30': 'messages_per_minute: 1000000' };

/** A program under measurement. */
export interface Measurable {
  readonly url: string;
  readonly pid: number;
  /** Seconds of the processor it has used so far: what a message costs, however busy the machine is with other things. */
  cpu(): number;
  /** Resident memory; bytes. */
  memory(): number;
  /** Resolves when it has ended. */
  end(): Promise<void>;
}

/** `yingsheng serve` as it is shipped, on a free port. `nodeOptions`: e.g. `--cpu-prof`. */
export function startHouse(house: House, nodeOptions: readonly string[] = []): Promise<Measurable> {
  const { intents, knowledge, data } = house;
  return startProgram([...nodeOptions, ...START], {
    PORT: '0',
    DATA_DIR: data,
    INTENTS_DIR: intents,
    KNOWLEDGE_DIR: knowledge,
    DESK_TOKEN: TOKEN,
    LOG_LEVEL: 'warn',
  });
}

/** The plain botbuilder and nlp.js bot. */
export function startPeer(house: House, nodeOptions: readonly string[] = []): Promise<Measurable> {
  return startProgram([...nodeOptions, join(import.meta.dirname, 'peer.ts'), house.intents], {});
}

/** What keeps, answers and does nothing else. */
export function startBare(house: House): Promise<Measurable> {
  return startProgram([join(import.meta.dirname, 'bare.ts'), join(house.data, 'bare.db')], {});
}

async function startProgram(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Measurable> {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let out = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /(http:\/\/[\d.]+:\d+)\//.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error('the program ended before it was ready')));
  });
  return {
    url,
    pid: child.pid ?? 0,
    cpu() {
      // User and system time, in hundredths of a second; a process's name may hold blanks, so it is cut off.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    memory: () => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
