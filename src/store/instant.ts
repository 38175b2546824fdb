/** Times that are compared as text must be written alike: ISO 8601 in UTC with milliseconds. Throws RangeError on what is no time. */
export function instant(time: string): string {
  return new Date(time).toISOString();
}
