import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { Mark } from '../brand/Mark.tsx';
import type { LineState } from './line.ts';
import type { Words } from './words.ts';

export function Header({ line, words, onHuman }: { line: LineState; words: Words; onHuman: () => void }) {
  const back = useBack(line);
  const state = line === 'online' && back ? 'back' : line;
  return (
    <header class="head">
      <Mark size={40} />
      <div class="head-words">
        <h1>
          {words.title}
          <span class="head-brand">{words.brand}</span>
        </h1>
        <p class={`line-state ${state}`} role="status">
          <span class="dot" aria-hidden="true" />
          {state === 'online' ? (
            <>
              <span class="unseen">{words.online}</span>
              {words.hours}
            </>
          ) : (
            words[state]
          )}
        </p>
      </div>
      <button type="button" class="human" onClick={onHuman}>
        <Icon name="person" size={18} />
        {words.human}
      </button>
    </header>
  );
}

/** True for a moment after the line was broken and came back. */
function useBack(line: LineState): boolean {
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (line === 'broken') setBroken(true);
    if (line !== 'online' || !broken) return;
    const timer = setTimeout(() => setBroken(false), 3000);
    return () => clearTimeout(timer);
  }, [line, broken]);
  return broken;
}
