import type { Checking } from './check.ts';
import type { Place } from './knowledge.ts';
import { say } from './problem.ts';
import { walkSteps } from './walk-steps.ts';

/** No chain of `go_to` comes back to where it began. */
export function checkGoTo({ draft, report }: Checking): void {
  const jumps = new Map<string, { readonly to: string; readonly place: Place }[]>();
  for (const [name, intent] of draft.intents) {
    for (const { action, path } of walkSteps(intent.value.steps)) {
      if (action.go_to === undefined) continue;
      jumps.set(name, [...(jumps.get(name) ?? []), { to: action.go_to, place: intent.at([...path, 'go_to']) }]);
    }
  }
  for (const [name, all] of jumps) {
    for (const { to, place } of all) {
      const way = wayBack(to, name, jumps);
      // Told once for each loop: by its first intent in the alphabet.
      if (way === null || way.some((other) => other < name)) continue;
      const chain = [name, ...way].join(' → ');
      report(
        place,
        'goto-loop',
        say(`流程会绕回来：${chain}，请去掉其中一个 go_to`, `the flows go round: ${chain}; remove one of the go_to`),
      );
    }
  }
}

/** The intents from `from` to `home`, both named, by the shortest way; null where there is none. */
function wayBack(
  from: string,
  home: string,
  jumps: ReadonlyMap<string, readonly { readonly to: string }[]>,
): string[] | null {
  const queue = [[from]];
  const seen = new Set([from]);
  for (const way of queue) {
    const at = way.at(-1) ?? from;
    if (at === home) return way;
    for (const { to } of jumps.get(at) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push([...way, to]);
    }
  }
  return null;
}
