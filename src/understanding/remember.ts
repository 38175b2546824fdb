/** Gives what was made of the same key before, or makes it: `what` names the kind. Learning asks it for what takes long and depends on one text alone. */
export type Remember = <V>(what: string) => (key: string, make: () => V) => V;

export const rememberNothing: Remember = () => (_key, make) => make();
