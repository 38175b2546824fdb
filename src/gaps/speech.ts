import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Masked, Privacy } from '../core/privacy/mask.ts';
import { maskEntities } from '../understanding/features.ts';
import { HUMAN } from './gap.ts';

/** A text made fit to be read by others. */
export interface Speech {
  /** Masked; what belongs to one parcel stands as `{waybill}`, `{phone}` or `{money}`. */
  readonly shown: string;
  /** For likeness: all entities masked. */
  readonly masked: string;
  /** True where nothing in it belongs to one customer alone: it may be drafted. */
  readonly common: boolean;
}

const OWN = new Set(['waybill', 'waybill-like', 'phone', 'money']);
/** How an agent calls a customer. */
const CALLED = /\p{Script=Han}{1,2}(?=先生|女士|小姐|老板)/gu;
/** Long numbers, amounts, and the state of one parcel on one day. */
const OF_ONE =
  /\d{4,}|(?:您|你)(?:的|这|那)(?:票|单|批|件|货|款|包裹|运单|订单|工单|快件)|(?:这|那)(?:票|单|批货)|工单|单号(?:是|为|[:：])|已(?:经)?(?:签收|到达|到货|发出|寄出|返款|打款|派送|揽收)|今[天日晚早]|明[天日早晚]|昨[天日晚]|后天|刚[才刚]|\d+月\d+[日号]|\d+[:：]\d\d|[¥￥]|\d(?:元|块)/;

/** `mask` hides phones, accounts and names; `hide` what else is known of this customer. */
export function speechOf(
  text: string,
  knowledge: Knowledge,
  mask: (text: string, hide: Privacy['hide']) => Masked,
  hide: Privacy['hide'],
  now: Date,
): Speech {
  const understood = knowledge.understand(text, now);
  const own = understood.entities.filter(({ type }) => OWN.has(type));
  // Reading makes punctuation half-width; words with nothing to hide stay as they were written.
  const { text: shown, hidden } = mask(own.length === 0 ? text.trim() : maskEntities(understood.text, own), hide);
  return {
    shown: shown.replaceAll(/\s*\n\s*/g, ' ').replaceAll(CALLED, '**'),
    masked: maskEntities(understood.text, understood.entities),
    common: own.length === 0 && hidden.length === 0 && text.search(CALLED) === -1 && !OF_ONE.test(understood.text),
  };
}

/** Whether the knowledge as it is now takes a question for something: an intent that is more than a courtesy, or an FAQ entry. */
export function isSettled(question: string, knowledge: Knowledge, now: Date): boolean {
  const { text, requests } = knowledge.understand(question, now);
  if (requests.some(({ intent }) => intent !== HUMAN && knowledge.intents.get(intent)?.small === false)) return true;
  const [best] = knowledge.searchFaq(text, now, 1);
  return best !== undefined && best.score >= knowledge.policies.dialogue.faq_floor;
}
