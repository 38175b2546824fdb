import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { asText, kept } from '../browser/storage.ts';
import { picturesIn, type PictureProblem } from './pictures.ts';
import type { Words } from './words.ts';

interface Props {
  readonly words: Words;
  readonly pictures: readonly File[];
  readonly problem: PictureProblem | null;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly onAdd: (files: readonly File[]) => void;
  readonly onRemove: (picture: File) => void;
  readonly onSay: (text: string) => void;
}

/** What was typed survives a reload of the tab. */
const draft = kept('sessionStorage', 'draft', asText);
const LONGEST = 4000;

export function Composer({ words, pictures, problem, input, onAdd, onRemove, onSay }: Props) {
  const [text, setText] = useState(() => draft.read() ?? '');
  const empty = text.trim() === '' && pictures.length === 0;

  useEffect(() => draft.write(text), [text]);
  useLayoutEffect(() => {
    const area = input.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const send = (): void => {
    if (empty) return;
    onSay(text.trim());
    setText('');
    input.current?.focus();
  };

  const onKey = (event: KeyboardEvent): void => {
    // While an input method composes, Enter chooses a word; Safari marks that key with 229 only.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event: ClipboardEvent): void => {
    const files = picturesIn(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    onAdd(files);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {problem !== null && (
        <p class="problem" role="alert">
          {words[problem]}
        </p>
      )}
      {pictures.length > 0 && (
        <ul class="chosen">
          {pictures.map((picture) => (
            <Preview
              key={`${picture.name}-${picture.size}-${picture.lastModified}`}
              picture={picture}
              words={words}
              onRemove={onRemove}
            />
          ))}
        </ul>
      )}
      <div class="composer-row">
        <label class="round quiet" title={words.picture}>
          <Icon name="picture" size={24} />
          <span class="unseen">{words.picture}</span>
          <input
            class="unseen"
            type="file"
            accept="image/*"
            multiple
            onChange={({ currentTarget }) => {
              onAdd([...(currentTarget.files ?? [])]);
              currentTarget.value = '';
            }}
          />
        </label>
        <textarea
          ref={input}
          class="composer-text"
          rows={1}
          value={text}
          maxLength={LONGEST}
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKey}
          onPaste={onPaste}
        />
        <button type="submit" class="round go" disabled={empty} title={words.send}>
          <Icon name="send" size={22} />
          <span class="unseen">{words.send}</span>
        </button>
      </div>
    </form>
  );
}

function Preview({ picture, words, onRemove }: { picture: File; words: Words; onRemove: (picture: File) => void }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return (
    <li>
      <img src={url} alt={picture.name} />
      <button type="button" class="remove" title={words.remove} onClick={() => onRemove(picture)}>
        <Icon name="close" size={14} />
        <span class="unseen">{words.remove}</span>
      </button>
    </li>
  );
}
