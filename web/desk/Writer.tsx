import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { wordsOf, type Board } from './board.ts';
import type { Story } from './model.ts';

export type WriterMode = 'reply' | 'note';

interface Props {
  readonly board: Board;
  readonly story: Story;
  readonly mine: boolean;
  readonly mode: WriterMode;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly onMode: (mode: WriterMode) => void;
  readonly onClaim: () => void;
}

interface Sending {
  /** The same for every try, so that a repeat has no second effect. */
  readonly clientId: string;
  readonly mode: WriterMode;
  readonly text: string;
  readonly failure: string;
}

/** What was begun on a ticket is there again when the agent comes back to it. */
const drafts = new Map<string, string>();

export function Writer({ board, story, mine, mode, input, onMode, onClaim }: Props) {
  const [text, setText] = useState(() => drafts.get(story.id) ?? '');
  const [sending, setSending] = useState<Sending | null>(null);
  const open = mode === 'note' || (mine && story.status !== 'resolved');

  const write = (words: string): void => {
    drafts.set(story.id, words);
    setText(words);
  };

  useLayoutEffect(() => {
    const area = input.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text, mode, open]);

  const deliver = async (item: Sending): Promise<void> => {
    setSending({ ...item, failure: '' });
    try {
      await board.act(story.id, item.mode, { text: item.text, client_id: item.clientId });
      setSending(null);
    } catch (error) {
      setSending({ ...item, failure: wordsOf(error) });
    }
  };

  const send = (): void => {
    const words = text.trim();
    if (words === '' || sending !== null || !open) return;
    const clientId = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
    write('');
    void deliver({ clientId, mode, text: words, failure: '' });
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return (
    <div class={`writer ${mode}`}>
      {sending !== null && (
        <div
          class={sending.failure === '' ? 'outgoing' : 'outgoing failed'}
          role={sending.failure === '' ? 'status' : 'alert'}
        >
          <p>{sending.text}</p>
          <p class="fate">
            {sending.failure === '' ? '发送中…' : sending.failure}
            {sending.failure !== '' && (
              <>
                <button type="button" class="retry" onClick={() => void deliver(sending)}>
                  重试
                </button>
                <button
                  type="button"
                  class="retry"
                  onClick={() => {
                    write([sending.text, text].filter(Boolean).join('\n'));
                    setSending(null);
                  }}
                >
                  取回修改
                </button>
              </>
            )}
          </p>
        </div>
      )}
      <div class="modes" role="tablist" aria-label="写给谁">
        <button type="button" role="tab" aria-selected={mode === 'reply'} onClick={() => onMode('reply')}>
          回复客户
        </button>
        <button type="button" role="tab" aria-selected={mode === 'note'} onClick={() => onMode('note')}>
          内部备注
        </button>
      </div>
      {open ? (
        <form
          class="writer-row"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <textarea
            ref={input}
            rows={1}
            value={text}
            maxLength={4000}
            placeholder={mode === 'reply' ? '请输入给客户的回复…' : '只有同事能看到…'}
            aria-label={mode === 'reply' ? '回复客户' : '内部备注'}
            onInput={({ currentTarget }) => write(currentTarget.value)}
            onKeyDown={onKey}
          />
          <button
            type="submit"
            class="round go"
            disabled={text.trim() === '' || sending !== null}
            title="发送（Enter）"
          >
            <Icon name="send" size={20} />
            <span class="unseen">发送</span>
          </button>
        </form>
      ) : (
        <p class="locked">
          {story.status === 'resolved' ? (
            '工单已解决，重开后可以继续回复。'
          ) : story.owner === null ? (
            <>
              认领后就可以回复客户，智能客服会暂停作答。
              <button type="button" class="button main" onClick={onClaim}>
                认领
              </button>
            </>
          ) : (
            `由 ${story.owner.name}（${story.owner.agent}）负责，您可以写备注，或请对方转交。`
          )}
        </p>
      )}
    </div>
  );
}
