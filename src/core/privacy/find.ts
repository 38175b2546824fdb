/** What is hidden from an agent until they ask for it, one logged click each. */
export type PrivateKind = 'phone' | 'id' | 'account' | 'email' | 'name' | 'address';

/** Something private in a reading: its place there, and its digits where it is a number. */
export interface Find {
  readonly kind: PrivateKind;
  readonly start: number;
  readonly end: number;
  readonly digits?: string;
}
