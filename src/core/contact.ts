/**
 * An id under which a person writes on a platform, and the person behind it. A platform may give another id at each login:
 * `person` stays, being the first id we knew them by.
 */
export interface ContactRecord {
  readonly channel: string;
  readonly id: string;
  readonly person: string;
  /** What the platform itself keeps for the person (a WeChat number); empty where it does not tell. */
  readonly handle: string;
  /** Our own remark of them; empty for none. */
  readonly remark: string;
  /** ISO 8601 */
  readonly seen_at: string;
}
