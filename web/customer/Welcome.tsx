import { Icon } from '../brand/Icon.tsx';
import type { Starter } from './starters.ts';
import type { Words } from './words.ts';

interface Props {
  readonly words: Words;
  readonly starters: readonly Starter[];
  readonly onChoose: (text: string) => void;
}

/** Stands where the conversation will be, until the customer has said something. */
export function Welcome({ words, starters, onChoose }: Props) {
  return (
    <section class="welcome">
      <h2>{words.hello}</h2>
      <p>{words.intro}</p>
      <ul class="starters" aria-label={words.starters}>
        {starters.map(({ icon, title, hint, says }) => (
          <li key={title}>
            <button type="button" class="starter" onClick={() => onChoose(says)}>
              <span class="starter-icon">
                <Icon name={icon} size={22} />
              </span>
              <span class="starter-title">{title}</span>
              <span class="starter-hint">{hint}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="welcome-small">{words.privacy}</p>
    </section>
  );
}
