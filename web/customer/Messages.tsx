import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { Bubble } from './Bubble.tsx';
import { Chips } from './Chips.tsx';
import { momentWords } from './moment.ts';
import { currentSuggestions, startsStretch, type Timeline } from './timeline.ts';
import { Typing } from './Typing.tsx';
import type { Words } from './words.ts';

interface Props {
  readonly timeline: Timeline;
  readonly typing: boolean;
  readonly words: Words;
  readonly children: ComponentChildren;
  readonly onRetry: (key: string) => void;
  readonly onChoose: (text: string) => void;
}

/** The log of the conversation. It follows the newest message unless the reader has scrolled up. */
export function Messages({ timeline, typing, words, children, onRetry, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const [unread, setUnread] = useState(false);
  const last = timeline.at(-1);

  const toEnd = (): void => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    setUnread(false);
  };

  useLayoutEffect(() => {
    if (!away || last?.status === 'sending') toEnd();
    else setUnread(true);
  }, [last?.key, last?.status === 'sending']);

  useLayoutEffect(() => {
    if (!away) toEnd();
  }, [typing]);

  // Pictures that load, chips that appear and keyboards that open move the end.
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => {
      if (!away) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    for (const child of element.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, [away]);

  const onScroll = (): void => {
    const element = box.current;
    if (element === null) return;
    const far = element.scrollHeight - element.scrollTop - element.clientHeight > 80;
    setAway(far);
    if (!far) setUnread(false);
  };

  const now = Date.now();
  return (
    <div class="log-frame">
      <div class="log-box" ref={box} onScroll={onScroll} tabIndex={0} aria-label={words.log}>
        <div class="log-inner">
          {children}
          <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label={words.log}>
            {timeline.map((entry, index) => (
              <div key={entry.key} class="log-entry">
                {entry.fresh && <p class="divider">{words.fresh}</p>}
                {startsStretch(timeline, index) && (
                  <p class="moment">
                    <time dateTime={new Date(entry.at).toISOString()}>{momentWords(entry.at, now, words)}</time>
                  </p>
                )}
                <Bubble
                  entry={entry}
                  first={startsStretch(timeline, index) || !sameSpeaker(timeline, index)}
                  newest={entry === last}
                  words={words}
                  onRetry={() => onRetry(entry.key)}
                />
              </div>
            ))}
          </div>
          {typing ? (
            <Typing words={words} />
          ) : (
            <Chips suggestions={currentSuggestions(timeline)} words={words} onChoose={onChoose} />
          )}
        </div>
      </div>
      {away && (
        <button type="button" class={unread ? 'to-end unread' : 'to-end'} onClick={toEnd}>
          <Icon name="down" size={18} />
          {unread ? words.newest : <span class="unseen">{words.toEnd}</span>}
        </button>
      )}
    </div>
  );
}

function sameSpeaker(timeline: Timeline, index: number): boolean {
  const [before, entry] = [timeline[index - 1], timeline[index]];
  return before?.role === entry?.role && before?.name === entry?.name;
}
