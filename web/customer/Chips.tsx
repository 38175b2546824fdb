import type { Words } from './words.ts';

interface Props {
  readonly suggestions: readonly string[];
  readonly words: Words;
  readonly onChoose: (text: string) => void;
}

export function Chips({ suggestions, words, onChoose }: Props) {
  if (suggestions.length === 0) return null;
  return (
    <ul class="chips" aria-label={words.suggestions}>
      {suggestions.map((suggestion) => (
        <li key={suggestion}>
          <button type="button" class="chip" onClick={() => onChoose(suggestion)}>
            {suggestion}
          </button>
        </li>
      ))}
    </ul>
  );
}
