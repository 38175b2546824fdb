import { momentWords } from './due.ts';
import type { Directory, Story } from './model.ts';
import { Shown } from './Shown.tsx';
import { eventWords } from './words.ts';

export function History({ story, directory, now }: { story: Story; directory: Directory; now: number }) {
  const title = (id: string): string => directory.desks.find((desk) => desk.id === id)?.title ?? id;
  return (
    <section class="history">
      <h3>记录</h3>
      <ol>
        {story.history.map((event, place) => (
          <li key={place} class={event.kind}>
            <p>
              <strong>{eventWords(event, title)}</strong>
              <small>{[event.by?.name, momentWords(event.at, now)].filter(Boolean).join(' · ')}</small>
            </p>
            {event.text !== '' && event.kind !== 'replied' && (
              <p class="history-text">
                <Shown text={event.text} name={`history.${place}`} hidden={event.hidden} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
