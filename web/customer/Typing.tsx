import type { Words } from './words.ts';

export function Typing({ words }: { words: Words }) {
  return (
    <p class="typing" role="status">
      <span class="echo" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {words.typing}
    </p>
  );
}
