import { useMemo } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { Mark } from '../brand/Mark.tsx';
import { safeHtml } from './markdown.ts';
import type { Entry } from './timeline.ts';
import type { Words } from './words.ts';

interface Props {
  readonly entry: Entry;
  /** The first in a row of the same speaker carries the name. */
  readonly first: boolean;
  readonly newest: boolean;
  readonly words: Words;
  readonly onRetry: () => void;
}

export function Bubble({ entry, first, newest, words, onRetry }: Props) {
  const { role } = entry;
  return (
    <article class={`message ${role}${first ? ' first' : ''} ${entry.status}`}>
      {role !== 'customer' && (
        <span class="face">{first && (role === 'bot' ? <Mark size={32} /> : <Icon name="person" size={20} />)}</span>
      )}
      <div class="message-body">
        {role === 'customer' ? (
          <h3 class="unseen">{words.me}</h3>
        ) : (
          <Speaker entry={entry} first={first} words={words} />
        )}
        {entry.pictures.length > 0 && <Pictures entry={entry} words={words} />}
        {entry.text !== '' && <Text entry={entry} />}
        {role === 'customer' && <Fate entry={entry} newest={newest} words={words} onRetry={onRetry} />}
      </div>
    </article>
  );
}

function Speaker({ entry, first, words }: { entry: Entry; first: boolean; words: Words }) {
  const fallback = entry.role === 'bot' ? words.bot : words.agent;
  return <h3 class={first ? 'speaker' : 'unseen'}>{entry.name === '' ? fallback : entry.name}</h3>;
}

function Text({ entry }: { entry: Entry }) {
  const html = useMemo(() => (entry.plain ? null : safeHtml(entry.text)), [entry.plain, entry.text]);
  if (html === null) return <p class="bubble plain">{entry.text}</p>;
  // The one place where HTML is set: it comes out of the sanitiser.
  return <div class="bubble rich" dangerouslySetInnerHTML={{ __html: html }} />;
}

function Pictures({ entry, words }: { entry: Entry; words: Words }) {
  return (
    <ul class="pictures">
      {entry.pictures.map(({ url, name, shown }) => (
        <li key={url}>
          <a href={url} target="_blank" rel="noopener" title={words.opens}>
            {shown ? (
              <img src={url} alt={name} loading="lazy" />
            ) : (
              <span class="file">
                <Icon name="file" />
                {name || words.file}
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What became of the customer's own message: said for the newest, and for every one that is not through. */
function Fate({ entry, newest, words, onRetry }: Omit<Props, 'first'>) {
  if (entry.status === 'failed') {
    const reason = entry.failure === 'unreachable' ? words.lost : entry.reason || words.failed;
    return (
      <p class="fate failed" role="alert">
        <Icon name="warning" size={14} />
        {reason}
        <button type="button" class="retry" onClick={onRetry}>
          <Icon name="retry" size={14} />
          {words.retry}
        </button>
      </p>
    );
  }
  if (entry.status === 'sent') return newest ? <p class="fate">{words.sent}</p> : null;
  const uploading = entry.pictures.length > 0 && entry.progress !== null && entry.progress < 1;
  const percent = Math.round((entry.progress ?? 0) * 100);
  return (
    <p class="fate">
      {uploading ? words.uploading(percent) : words.sending}
      {uploading && <progress max={100} value={percent} />}
    </p>
  );
}
