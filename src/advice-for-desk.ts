import { openAdvice, type AdviceOptions, type Endpoint } from './advice/open-advice.ts';
import { dayOf } from './core/day.ts';
import { isValidOn } from './knowledge/faq-search.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import type { ReplierOptions } from './replying/replier.ts';

export interface DeskAdvice {
  readonly advise: NonNullable<ReplierOptions['advise']>;
  /** The knowledge in force is another: in the background, what is new in it is computed. */
  learn(known: Knowledge): void;
  stop(): Promise<void>;
}

/** Tells advisers what they must know of the desk. */
export function adviceForDesk(endpoint: Endpoint, options: AdviceOptions): DeskAdvice {
  const { secondOpinion, meanings } = openAdvice(endpoint, options);
  return {
    advise: (understood, known, customer) => {
      const now = options.clock.now();
      const [best] = meanings === null ? [] : known.searchFaq(understood.text, now, 1);
      return secondOpinion(understood, {
        version: known.version,
        intents: [...known.intents.values()],
        understand: known.understand,
        names: customer === undefined ? [] : [customer],
        perDay: known.policies.advice.per_day,
        answered: best !== undefined && best.score >= known.policies.dialogue.faq_floor,
        tellable: (id) => known.faq.some((entry) => entry.id === id && isValidOn(entry, dayOf(now))),
      });
    },
    learn: (known) => meanings?.learn({ version: known.version, examples: known.understand.examples, faq: known.faq }),
    stop: async () => meanings?.stop(),
  };
}
