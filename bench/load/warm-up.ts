/** Of one second. */
const CALM_CPU_MS = 100;
const CALM_SECONDS = 3;
const PATIENCE_S = 90;

/**
 * Waits until a program has nothing left to do: after its start it compiles what runs often, and reads its knowledge once more.
 * `cpu`: seconds of the processor it has used so far.
 */
export async function untilCalm(cpu: () => number): Promise<void> {
  for (let calm = 0, waited = 0; calm < CALM_SECONDS; waited++) {
    if (waited >= PATIENCE_S) throw new Error(`the program is not calm after ${PATIENCE_S} s`);
    const before = cpu();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    calm = (cpu() - before) * 1000 < CALM_CPU_MS ? calm + 1 : 0;
  }
}
