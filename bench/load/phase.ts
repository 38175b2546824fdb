import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a generator is to do. */
export interface Phase {
  readonly url: string;
  readonly to: 'directline' | 'botframework' | 'expecting-replies';
  readonly clients: number;
  /** Number of the first client, so that no two generators share one. */
  readonly first?: number;
  /** Messages a second; as many as are answered where it is not given. */
  readonly rate?: number;
  readonly warmUpMs: number;
  readonly ms: number;
}

/** From the post to the answer; in ms. */
export interface Measured {
  /** All that were asked, while warming up too. */
  readonly asked: number;
  readonly messages: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export async function measure(phase: Phase): Promise<Measured> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'generator.ts'), JSON.stringify(phase)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`the generator ended with ${code}`);
  return JSON.parse(out) as Measured;
}
