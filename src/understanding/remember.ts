import { featuresOf } from './features.ts';

/** Gives what was made of the same key before, or makes it: `what` names the kind. Learning asks it for what takes long and depends on one text alone. */
export type Remember = <V>(what: string) => (key: string, make: () => V) => V;

export const rememberNothing: Remember = () => (_key, make) => make();

/** `featuresOf`, kept as one text each: a set of each of many texts would take much memory. `what` tells whose texts they are. */
export function rememberFeatures(remember: Remember, what: string): (masked: string) => ReadonlySet<string> {
  const memo = remember<string>(`features of ${what}`);
  return (masked) => {
    // No feature holds a line feed.
    const joined = memo(masked, () => [...featuresOf(masked)].join('\n'));
    return new Set(joined === '' ? [] : joined.split('\n'));
  };
}
