/**
 * The peer: a plain bot as its makers show it, botbuilder over express with memory storage, nlp.js for what is meant,
 * trained on the same examples. It understands, keeps a count in its conversation's state, and says one fixed sentence an intent: no look-ups, no tickets, nothing
 * on disk. `node bench/load/peer.ts INTENTS` prints its address.
 */
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} from 'botbuilder';
import express from 'express';
import { parse } from 'yaml';
import { z } from 'zod';

interface Manager {
  addDocument(language: string, text: string, intent: string): void;
  addAnswer(language: string, intent: string, answer: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ intent: string; answer?: string }>;
}
const { NlpManager } = createRequire(import.meta.url)('node-nlp') as { NlpManager: new (options: object) => Manager };
const intentSchema = z.object({ examples: z.array(z.string()).default([]) });

const folder = process.argv[2] ?? 'intents';
const manager = new NlpManager({ languages: ['zh'], autoSave: false, nlu: { log: false }, forceNER: false });
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml'))) {
  const intent = file.replace(/\.yml$/, '');
  const { examples } = intentSchema.parse(parse(readFileSync(join(folder, file), 'utf8')));
  for (const example of examples) manager.addDocument('zh', example, intent);
  manager.addAnswer('zh', intent, `您好，您问的是${intent}，我们马上为您处理，请稍等。`);
}
await manager.train();

const state = new ConversationState(new MemoryStorage());
const count = state.createProperty<number>('count');
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  const { answer } = await manager.process('zh', context.activity.text);
  await count.set(context, (await count.get(context, 0)) + 1);
  await context.sendActivity(answer ?? '抱歉，我没有听懂。');
  await state.saveChanges(context);
  await next();
});

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
