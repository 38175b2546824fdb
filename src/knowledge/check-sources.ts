import type { Checking } from './check.ts';
import { unknownName } from './check.ts';
import type { SourceSource } from './format.ts';
import type { Located, Path } from './located.ts';
import { say } from './problem.ts';

/** sources.yml: each source says where it lives, and names only fields it has. The rows are checked as they are read. */
export function checkSources({ draft, report }: Checking): void {
  const file = draft.sources;
  if (!file) return;
  for (const [record, source] of Object.entries(file.value)) {
    checkHome(file, record, source, report);
    const fields = Object.keys(source.fields);
    const known = (field: string | undefined, path: Path): void => {
      if (field !== undefined && !fields.includes(field))
        report(file.at([record, ...path]), 'unknown-field', unknownName('字段', 'field', field, fields));
    };
    known(source.key, ['key']);
    for (const [index, field] of source.owner_phones.entries()) {
      known(field, ['owner_phones', index]);
      const about = source.fields[field];
      const type = typeof about === 'string' ? about : about?.type;
      if (type !== undefined && type !== 'phone') {
        report(
          file.at([record, 'owner_phones', index]),
          'not-a-phone',
          say(
            `“${field}”的类型不是 phone，不能用来核对手机尾号`,
            `"${field}" is not of type phone, so its tail cannot prove ownership`,
          ),
        );
      }
    }
    for (const [type, names] of Object.entries(source.entities)) {
      for (const [index, field] of names.entries()) known(field, ['entities', type, index]);
    }
  }
}

function checkHome(file: Located<unknown>, record: string, source: SourceSource, report: Checking['report']): void {
  if (source.from === 'csv' && source.file === undefined) {
    report(
      file.keyAt([record]),
      'missing-key',
      say('csv 数据源缺少 file，请写上文件名', 'a csv source needs file; name the file'),
    );
  }
  if (source.from !== 'http') return;
  if (source.url === undefined) {
    report(
      file.keyAt([record]),
      'missing-key',
      say('http 数据源缺少 url，请写上地址', 'an http source needs url; write its address'),
    );
  } else if (!/^https?:$/.test(URL.parse(source.url)?.protocol ?? '')) {
    report(
      file.at([record, 'url']),
      'bad-url',
      say('地址要以 http:// 或 https:// 开头', 'the address must begin with http:// or https://'),
    );
  }
}
