import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Ask, type Question } from './Ask.tsx';
import type { Api } from './api.ts';
import type { Board } from './board.ts';
import { Facts } from './Facts.tsx';
import { History } from './History.tsx';
import type { Key } from './keys.ts';
import type { Action, Agent, Directory, Story } from './model.ts';
import { Others } from './Others.tsx';
import { RevealContext } from './Shown.tsx';
import { SheetHead } from './SheetHead.tsx';
import { Transcript } from './Transcript.tsx';
import { Writer, type WriterMode } from './Writer.tsx';

export type Act = (action: Action, body?: Record<string, string>) => Promise<boolean>;

interface Props {
  readonly board: Board;
  readonly story: Story;
  readonly directory: Directory;
  readonly me: Agent;
  readonly api: Api;
  readonly now: number;
  readonly pressed: RefObject<((key: Key) => boolean) | null>;
  readonly act: Act;
  readonly busy: boolean;
  readonly failure: string;
  readonly onOpen: (id: string | null) => void;
}

type Part = 'talk' | 'facts' | 'past';
const PARTS: readonly { readonly part: Part; readonly title: string }[] = [
  { part: 'talk', title: '对话' },
  { part: 'facts', title: '资料' },
  { part: 'past', title: '记录' },
];

/** One ticket with all there is to know and to do about it. */
export function Sheet({ board, story, directory, me, api, now, pressed, act, busy, failure, onOpen }: Props) {
  const [part, setPart] = useState<Part>('talk');
  const [question, setQuestion] = useState<Question | null>(null);
  const [mode, setMode] = useState<WriterMode>('reply');
  const writer = useRef<HTMLTextAreaElement | null>(null);
  const mine = story.owner?.agent === me.agent;
  const closed = story.status === 'resolved';

  const write = (wanted: WriterMode): void => {
    setPart('talk');
    setMode(wanted);
    writer.current?.focus();
    // It may only be there, or be visible, once this is drawn.
    setTimeout(() => writer.current?.focus());
  };

  useEffect(() => {
    pressed.current = (key) => {
      if (key === 'c' && !closed && !mine) void act('claim');
      else if (key === 'r') write('reply');
      else if (key === 'n') write('note');
      else if (key === 't' && !closed) setQuestion('transfer');
      else if (key === 'e' && !closed) setQuestion('resolve');
      else return false;
      return true;
    };
    return () => void (pressed.current = null);
  });

  return (
    <RevealContext.Provider value={(field) => board.reveal(story.id, field)}>
      <section class="detail" aria-label={`工单 ${story.id}`}>
        <SheetHead
          story={story}
          mine={mine}
          busy={busy}
          now={now}
          onBack={() => onOpen(null)}
          onClaim={() => void act('claim')}
          onAsk={setQuestion}
        />
        {failure !== '' && (
          <p class="failure" role="alert">
            {failure}
          </p>
        )}
        <div class="parts" role="tablist" aria-label="工单内容">
          {PARTS.map(({ part: one, title }) => (
            <button key={one} type="button" role="tab" aria-selected={part === one} onClick={() => setPart(one)}>
              {title}
            </button>
          ))}
        </div>
        <div class={`sheet show-${part}`}>
          <div class="talk">
            <Transcript story={story} api={api} now={now} />
            <Writer
              story={story}
              mine={mine}
              mode={mode}
              input={writer}
              onMode={setMode}
              onClaim={() => void act('claim')}
              board={board}
            />
          </div>
          <aside class="about" aria-label="资料与记录">
            <Facts story={story} now={now} />
            <Others tickets={story.others} now={now} onOpen={onOpen} />
            <History story={story} directory={directory} now={now} />
          </aside>
        </div>
        {question !== null && (
          <Ask
            question={question}
            story={story}
            directory={directory}
            act={act}
            busy={busy}
            failure={failure}
            onClose={() => setQuestion(null)}
          />
        )}
      </section>
    </RevealContext.Provider>
  );
}
