/** Whether `given` becomes `actual` by one wrong, missing or extra character, or by swapping two neighbours. */
export function oneSlipApart(given: string, actual: string): boolean {
  if (given === actual) return false;
  if (given.length === actual.length) {
    const wrong = [...given].flatMap((char, index) => (char === actual[index] ? [] : [index]));
    if (wrong.length === 1) return true;
    const [a, b] = wrong;
    return wrong.length === 2 && a !== undefined && b === a + 1 && given[a] === actual[b] && given[b] === actual[a];
  }
  const [short, long] = given.length < actual.length ? [given, actual] : [actual, given];
  if (long.length - short.length !== 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(at) === long.slice(at + 1);
}
