import { useRef, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { useObservable } from '../browser/observable.ts';
import type { Chat } from './chat.ts';
import { Composer } from './Composer.tsx';
import { Header } from './Header.tsx';
import { Messages } from './Messages.tsx';
import { choose, picturesIn, type PictureProblem } from './pictures.ts';
import { startersFor } from './starters.ts';
import { Welcome } from './Welcome.tsx';
import type { Language, Words } from './words.ts';

export function App({ chat, words, language }: { chat: Chat; words: Words; language: Language }) {
  const line = useObservable(chat.line);
  const timeline = useObservable(chat.timeline);
  const typing = useObservable(chat.typing);
  const [pictures, setPictures] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState<PictureProblem | null>(null);
  const [dragging, setDragging] = useState(false);
  const composer = useRef<HTMLTextAreaElement | null>(null);

  const add = async (files: readonly File[]): Promise<void> => {
    const chosen = await choose(pictures, files);
    setPictures(chosen.pictures);
    setProblem(chosen.problem);
    composer.current?.focus();
  };

  const say = (text: string): void => {
    chat.say(text, pictures);
    setPictures([]);
    setProblem(null);
  };

  const drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setDragging(event.type === 'dragover');
    if (event.type === 'drop') void add(picturesIn(event.dataTransfer));
  };

  const asked = timeline.some((entry) => entry.role === 'customer');
  return (
    <div class="page" onDragOver={drag} onDragLeave={drag} onDrop={drag}>
      <Header line={line} words={words} onHuman={() => chat.say(words.human)} />
      <Messages timeline={timeline} typing={typing} words={words} onRetry={chat.resend} onChoose={chat.say}>
        {!asked && <Welcome words={words} starters={startersFor(language)} onChoose={chat.say} />}
      </Messages>
      <footer class="foot">
        {line === 'broken' && (
          <p class="notice" role="status">
            <Icon name="warning" size={16} />
            {words.brokenLong}
          </p>
        )}
        <Composer
          words={words}
          pictures={pictures}
          problem={problem}
          input={composer}
          onAdd={(files) => void add(files)}
          onRemove={(picture) => setPictures(pictures.filter((one) => one !== picture))}
          onSay={say}
        />
      </footer>
      {dragging && <div class="drop-zone">{words.drop}</div>}
    </div>
  );
}
