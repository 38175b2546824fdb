import { asText, kept } from '../browser/storage.ts';
import { fieldsOf, textOf } from '../browser/value.ts';
import type { Agent } from './model.ts';

/** Who sits here. Kept as long as the tab is open, and in this tab only. */
export interface Login {
  readonly token: string;
  readonly me: Agent;
}

export const login = kept<Login>('sessionStorage', 'desk', (value) => {
  const { token, me } = fieldsOf(value);
  return textOf(token) && textOf(fieldsOf(me)['agent']) && textOf(fieldsOf(me)['name']) ? (value as Login) : null;
});

/** Up to when (ISO 8601) the notices about channels have been read. */
export const noticesSeen = kept<string>('localStorage', 'desk-notices', asText);

/** Whether a new ticket makes a sound; off until the agent wants it. */
export const soundWanted = kept<boolean>('localStorage', 'desk-sound', (value) => value === true);
