import type { ActionSource, BranchSource, StepSource } from './format.ts';
import type { Path } from './located.ts';

export interface Visit {
  /** A step, or a branch of a `choose`. */
  readonly action: ActionSource & { readonly choose?: BranchSource[] | undefined };
  readonly path: Path;
  /** Set where it is a branch: its condition is another key of it. */
  readonly branch: BranchSource | null;
}

/** Every step and branch of a flow, in the order in which they are written. */
export function* walkSteps(steps: readonly StepSource[], path: Path = ['steps']): Generator<Visit> {
  for (const [index, step] of steps.entries()) {
    const here = [...path, index];
    yield { action: step, path: here, branch: null };
    for (const [number, branch] of (step.choose ?? []).entries()) {
      const inner = [...here, 'choose', number];
      yield { action: branch, path: inner, branch };
      yield* walkSteps(branch.steps ?? [], [...inner, 'steps']);
    }
  }
}
