import { createInterface } from 'node:readline/promises';
import type { Config } from '../config.ts';
import { createRecords } from '../records/records.ts';
import { knowledgeOrNull } from './knowledge.ts';
import { linesOfStdin } from './lines.ts';
import { clockFor } from './moment.ts';
import { openStage, type Played, type Stage } from './stage.ts';

interface ChatOptions {
  readonly now?: unknown;
  readonly group?: unknown;
  readonly json?: unknown;
  readonly trace?: unknown;
}

/** `chat`: the whole engine in the terminal. One line in is one customer message and one turn. */
export async function chat(config: Config, options: ChatOptions): Promise<number> {
  const clock = clockFor(options.now);
  const knowledge = await knowledgeOrNull(config);
  if (knowledge === null) return 1;
  const stage = await openStage({
    knowledge,
    records: createRecords(knowledge.sources, process.env),
    clock,
    group: options.group === true,
  });
  try {
    if (process.stdin.isTTY && options.json !== true) await talk(stage, options);
    else for await (const line of linesOfStdin()) show(line, await stage.play([line]), options);
  } finally {
    await stage.close();
  }
  return 0;
}

async function talk(stage: Stage, options: ChatOptions): Promise<void> {
  process.stdout.write('应声 · 直接说话就行，Ctrl+D 结束 (just write; Ctrl+D ends)\n');
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '您> ' });
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() !== '') show(null, await stage.play([line]), options);
    terminal.prompt();
  }
  process.stdout.write('\n');
}

function show(line: string | null, played: Played, options: ChatOptions): void {
  if (options.trace === true)
    for (const { what, place } of played.decision.trace)
      process.stderr.write(`  ${what}${place ? `  ${place.file}:${place.line}` : ''}\n`);
  if (options.json === true) {
    const { decision, outcome, ticket } = played;
    const record = {
      text: line,
      replies: played.replies.map((reply) => reply.text),
      intents: decision.intents,
      outcome: outcome.kind,
      ticket,
    };
    process.stdout.write(`${JSON.stringify(record)}\n`);
    return;
  }
  if (line !== null) process.stdout.write(`您> ${line}\n`);
  for (const { text, suggestions } of played.replies) {
    process.stdout.write(`应声> ${text.replaceAll('\n', '\n      ')}\n`);
    if (suggestions.length > 0) process.stdout.write(`      [${suggestions.join('] [')}]\n`);
  }
  if (played.ticket !== null)
    process.stdout.write(`      (工单 ${played.ticket.id} · ${played.ticket.desk} · ${played.ticket.priority})\n`);
}
