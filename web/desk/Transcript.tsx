import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Api } from './api.ts';
import { momentWords } from './due.ts';
import type { Message, Story } from './model.ts';
import { Pictures } from './Pictures.tsx';
import { Shown } from './Shown.tsx';

/** The whole conversation, so that nobody has to tell it twice. */
export function Transcript({ story, api, now }: { story: Story; api: Api; now: number }) {
  const box = useRef<HTMLDivElement | null>(null);
  const last = story.transcript.at(-1)?.seq;
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [last]);
  return (
    <div class="transcript" ref={box} role="log" aria-label="对话记录" tabIndex={0}>
      {story.transcript.length === 0 && <p class="nothing">还没有对话。</p>}
      {story.transcript.map((message, index) => (
        <Line key={message.seq} message={message} before={story.transcript[index - 1]} api={api} now={now} />
      ))}
    </div>
  );
}

const GAP = 10 * 60_000;

function Line({ message, before, api, now }: { message: Message; before: Message | undefined; api: Api; now: number }) {
  const { from, seq, text, hidden } = message;
  const stretch = before === undefined || Date.parse(message.at) - Date.parse(before.at) > GAP;
  const first = stretch || before.from !== from || speaker(before) !== speaker(message);
  return (
    <>
      {stretch && (
        <p class="moment">
          <time dateTime={message.at}>{momentWords(message.at, now)}</time>
        </p>
      )}
      <article class={`said ${from}${first ? ' first' : ''}`}>
        <h3 class={first ? 'said-by' : 'unseen'}>
          {from === 'customer' && message.name !== '' ? (
            <Shown text={message.name} name={`transcript.${seq}.name`} hidden={hidden} />
          ) : (
            speaker(message)
          )}
        </h3>
        {message.attachments.length > 0 && <Pictures files={message.attachments} api={api} />}
        {text !== '' && (
          <p class="said-words">
            <Shown text={text} name={`transcript.${seq}`} hidden={hidden} markdown={from === 'bot'} />
          </p>
        )}
      </article>
    </>
  );
}

function speaker({ from, name, agent }: Message): string {
  if (from === 'customer') return '客户';
  if (from === 'bot') return '智能客服';
  return [name, agent].filter(Boolean).join(' ');
}
