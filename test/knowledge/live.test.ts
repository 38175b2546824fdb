import { writeFileSync } from 'node:fs';
import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { KnowledgeError, liveKnowledge } from '../../src/knowledge/live.ts';
import { loadKnowledge, type LoadResult } from '../../src/knowledge/load.ts';
import type { Problem } from '../../src/knowledge/problem.ts';
import { watchKnowledge } from '../../src/knowledge/watch.ts';
import { BROKEN, filesOf, type BrokenEdit } from './broken.ts';
import { edited, MINIMAL, NOON, put, writeDesk, type Files } from './desk-fixture.ts';

/** An administrator is promised 2 s; a machine that runs other tests at the same time is given more. */
const soon = { timeout: 10_000, interval: 10 };

async function open() {
  const desk = await writeDesk();
  const changes: Knowledge[] = [];
  const refused: (readonly Problem[])[] = [];
  const live = await liveKnowledge(desk, {
    debounceMs: 50,
    clock: NOON,
    onChanged: (knowledge) => changes.push(knowledge),
    onProblems: (problems) => refused.push(problems),
  });
  onTestFinished(() => live.close());
  const file = (name: string): string => path.join(desk.root, name);
  const title = (): string | undefined => live.current().intents.get('order-tracking')?.title;
  return { desk, live, changes, refused, file, title };
}

const titled = (title: string): string =>
  edited('intents/order-tracking.yml', 'title: 查货', `title: ${title}`)['intents/order-tracking.yml'] as string;

describe('live knowledge', () => {
  it('serves a saved edit without a restart', async () => {
    const { file, title } = await open();
    await writeFile(file('intents/order-tracking.yml'), titled('货物查询'));
    await vi.waitFor(() => expect(title()).toBe('货物查询'), soon);
  });

  it('serves an edit that is saved while the first load is under way', async () => {
    const desk = await writeDesk();
    let saved = false;
    const live = await liveKnowledge(desk, {
      debounceMs: 50,
      clock: NOON,
      onStage(stage) {
        // All is read by then.
        if (stage !== 'checking' || saved) return;
        saved = true;
        writeFileSync(path.join(desk.root, 'intents/order-tracking.yml'), titled('货物查询'));
      },
    });
    onTestFinished(() => live.close());
    await vi.waitFor(() => expect(live.current().intents.get('order-tracking')?.title).toBe('货物查询'), soon);
  });

  it('serves an edit that an editor saves by renaming a new file over the old one', async () => {
    const { file, title } = await open();
    for (const name of ['第一次', '第二次']) {
      await writeFile(file('intents/.order-tracking.yml.new'), titled(name));
      await rename(file('intents/.order-tracking.yml.new'), file('intents/order-tracking.yml'));
      await vi.waitFor(() => expect(title()).toBe(name), soon);
    }
  });

  it('serves new files, rows added to a spreadsheet, and files taken away', async () => {
    const { desk, live, file } = await open();
    await put(
      desk.root,
      'intents/other.yml',
      'title: 别的\ndesk: service\nexamples: [说点别的]\nsteps: [{ say: opening }]\n',
    );
    await vi.waitFor(() => expect(live.current().intents.size).toBe(2), soon);
    await appendFile(file('knowledge/data/orders.csv'), '22345678,,上海,booked,,,\n');
    await vi.waitFor(() => expect(live.current().sources.get('order')?.rows).toHaveLength(3), soon);
    await rm(file('intents/other.yml'));
    await vi.waitFor(() => expect(live.current().intents.size).toBe(1), soon);
  });

  it('serves a folder that was taken away and put back, as a deployment does', async () => {
    const { desk, file, refused, title } = await open();
    await rm(file('intents'), { recursive: true });
    await vi.waitFor(() => expect(refused.at(-1)?.map(({ code }) => code)).toEqual(['missing-file']), soon);
    expect(title()).toBe('查货');
    await put(desk.root, 'intents/order-tracking.yml', titled('回来了'));
    await vi.waitFor(() => expect(title()).toBe('回来了'), soon);
  });

  it('serves a folder that another was put in the place of, and what is edited in that', async () => {
    const { desk, file, title } = await open();
    for (const version of ['第二版', '第三版']) {
      await put(desk.root, 'next/order-tracking.yml', titled(version));
      await rename(file('intents'), file(`before-${version}`));
      await rename(file('next'), file('intents'));
      await vi.waitFor(() => expect(title()).toBe(version), soon);
      await writeFile(file('intents/order-tracking.yml'), titled(`${version}，改过`));
      await vi.waitFor(() => expect(title()).toBe(`${version}，改过`), soon);
    }
  });

  it('keeps the last good version while an edit is broken, and says what is wrong', async () => {
    const { live, refused, changes, file, title } = await open();
    const before = live.current();
    await writeFile(file('intents/order-tracking.yml'), titled('[没写完'));
    await vi.waitFor(() => expect(refused.at(-1)?.map(({ code }) => code)).toEqual(['bad-yaml']), soon);
    expect(live.current()).toBe(before);
    expect(live.problems()).toHaveLength(1);
    await writeFile(file('intents/order-tracking.yml'), titled('写完了'));
    await vi.waitFor(() => expect(title()).toBe('写完了'), soon);
    expect(live.problems()).toEqual([]);
    expect(changes).toEqual([live.current()]);
  });

  it('serves on unchanged through 200 hostile edits in a row', { timeout: 60_000 }, async () => {
    const { desk, live, changes, refused, file, title } = await open();
    const before = live.current();
    await put(desk.root, 'knowledge/desks.yml', 'hours: [');
    const edits = [...BROKEN.values()]
      .flat()
      .filter((edit) => edit.edits.every((patch) => 'content' in patch || 'find' in patch));
    const hostile: Files[] = [
      ...Array.from({ length: 40 }, (_, n) => ({ 'intents/order-tracking.yml': Buffer.alloc(2000 + n, n % 32) })),
      ...Array.from({ length: 40 }, (_, n) => ({ 'knowledge/phrases/order.yml': `a: ${'['.repeat(50 * (n + 1))}` })),
      ...Array.from({ length: 120 }, (_, n) => filesOf(edits[n % edits.length] as BrokenEdit)),
    ];
    for (const [n, files] of hostile.entries()) {
      for (const [name, content] of Object.entries(files)) if (content !== null) await put(desk.root, name, content);
      if (n % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 60));
      // What is only warned of would be served: desks.yml stays broken beside it.
      if (!('knowledge/desks.yml' in files)) continue;
      await put(desk.root, 'knowledge/desks.yml', 'hours: [');
    }
    await vi.waitFor(() => expect(refused.length).toBeGreaterThan(0), soon);
    expect(hostile).toHaveLength(200);
    expect(live.current()).toBe(before);
    expect(changes).toEqual([]);
    await rm(desk.root, { recursive: true });
    for (const [name, content] of Object.entries(MINIMAL)) await put(desk.root, name, content);
    await writeFile(file('intents/order-tracking.yml'), titled('又好了'));
    await vi.waitFor(() => expect(title()).toBe('又好了'), soon);
    expect(live.problems()).toEqual([]);
  });

  it('refuses to begin with files that cannot be served', async () => {
    const desk = await writeDesk({ 'knowledge/desks.yml': null });
    const error: unknown = await liveKnowledge(desk).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KnowledgeError);
    expect((error as KnowledgeError).message).toContain('knowledge/desks.yml:1:1: error missing-file');
  });
});

describe('watching', () => {
  it('takes many files saved at once for one edit', async () => {
    const desk = await writeDesk();
    const loaded: LoadResult[] = [];
    const watcher = await watchKnowledge({
      folders: desk,
      load: () => loadKnowledge(desk),
      debounceMs: 200,
      onLoaded: (result) => loaded.push(result),
    });
    onTestFinished(() => watcher.close());
    const steps = 'title: 别的\ndesk: service\nsteps: [{ say: opening }]\n';
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        put(desk.root, `intents/other-${n}.yml`, `${steps}examples: [说点别的${n}]\n`),
      ),
    );
    await vi.waitFor(() => expect(loaded).toHaveLength(1), soon);
    expect(loaded[0]?.knowledge?.intents.size).toBe(11);
  });

  it('says nothing any more once it is closed', async () => {
    const desk = await writeDesk();
    const loaded: LoadResult[] = [];
    const watcher = await watchKnowledge({
      folders: desk,
      load: () => loadKnowledge(desk),
      debounceMs: 1,
      onLoaded: (result) => loaded.push(result),
    });
    await put(desk.root, 'knowledge/chatter.txt', '你好\n');
    await watcher.close();
    await put(desk.root, 'knowledge/chatter.txt', '再见\n');
    expect(loaded.length).toBeLessThanOrEqual(1);
  });
});
