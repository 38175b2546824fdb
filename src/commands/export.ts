import { writeFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { messageOf, UsageError } from '../core/errors.ts';
import { operator, withData } from './data-store.ts';
import { countsOf, given, heldLines, personOf, type PersonOptions } from './person.ts';

/** `export --customer ID | --phone N [--out FILE]`: everything held about one customer, as JSON. */
export function exportPerson(config: Config, options: PersonOptions & { readonly out?: unknown }): Promise<number> {
  return withData(config, async (store) => {
    const person = await personOf(store, options);
    if (person === null) return 1;
    const held = await store.heldAbout(person);
    const at = new Date().toISOString();
    const [first = 'mentions'] = person.conversations;
    await store.audit({
      at,
      by: operator(),
      action: 'exported',
      subject: [first, ...person.ids].join(' '),
      why: 'export',
    });
    const json = `${JSON.stringify({ exported_at: at, person, held }, null, 2)}\n`;
    const out = given(options.out);
    if (out === undefined) {
      process.stdout.write(json);
      return 0;
    }
    try {
      writeFileSync(out, json, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      throw new UsageError(
        `写不了 ${out}，请换一个还不存在的文件名 (name a file that does not exist yet): ${messageOf(error)}`,
      );
    }
    process.stdout.write(`已导出 (exported) ${out}\n${heldLines(countsOf(held))}\n`);
    return 0;
  });
}
