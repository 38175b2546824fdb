import { describe, expect, it } from 'vitest';
import { HERE, TOKEN, openDesk } from './setup.ts';
import type { Desk } from './setup.ts';

/** Reads server-sent events until one matches; gives all the text up to there. */
async function follow(desk: Desk): Promise<{ until(pattern: RegExp): Promise<string>; rest(): Promise<string> }> {
  const answer = await fetch(`${desk.url}/api/events`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(answer.headers.get('content-type')).toMatch('text/event-stream');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const more = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    text += value ?? '';
    return !done;
  };
  return {
    async until(pattern) {
      while (!pattern.test(text)) if (!(await more())) throw new Error(`ended before ${pattern}: ${text}`);
      return text;
    },
    async rest() {
      while (await more());
      return text;
    },
  };
}

describe('the stream of changes', () => {
  it('tells every page which ticket and which conversation changed, and nothing of what they say', async () => {
    const desk = await openDesk();
    const pages = [await follow(desk), await follow(desk)];
    for (const page of pages) await page.until(/event: hello/);
    const { id } = await desk.open();
    for (const page of pages) {
      const text = await page.until(new RegExp(`event: ticket\\ndata: {"id":"${id}","conversation":"${HERE}"}\\n\\n`));
      await page.until(/event: conversation\ndata: {"conversation":"webchat:c-1"}/);
      expect(text).not.toContain('货款');
    }
  });

  it('shows that it lives while nothing happens', async () => {
    const desk = await openDesk({ limits: { heartbeatMs: 5 } });
    const page = await follow(desk);
    expect(await page.until(/(: still here\n\n){2}/)).toContain('event: hello');
  });

  it('ends with the server, and does not keep it from closing', async () => {
    const desk = await openDesk();
    const page = await follow(desk);
    await page.until(/event: hello/);
    await desk.close();
    expect(await page.rest()).toContain('event: hello');
  });

  it('is limited', async () => {
    const desk = await openDesk({ limits: { streams: 1 } });
    await follow(desk);
    expect(await desk.get('/api/events')).toMatchObject({ status: 503, body: { error: { code: 'too-many' } } });
  });
});
