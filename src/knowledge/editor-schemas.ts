import { z } from 'zod';
import { desksSchema, faqSchema, intentSchema, phrasesSchema, policiesSchema, sourcesSchema } from './format.ts';
import { groupsSchema } from './groups-format.ts';

const KINDS: Readonly<Record<string, readonly [title: string, schema: z.ZodType]>> = {
  'intent.json': ['意图 intents/*.yml', intentSchema],
  'phrases.json': ['话术 knowledge/phrases/*.yml', phrasesSchema],
  'faq.json': ['常见问题 knowledge/faq/*.yml', faqSchema],
  'sources.json': ['数据源 knowledge/sources.yml', sourcesSchema],
  'desks.json': ['部门和坐席 knowledge/desks.yml', desksSchema],
  'policies.json': ['规定 knowledge/policies.yml', policiesSchema],
  'groups.json': ['微信群 knowledge/groups.yml', groupsSchema],
};

/** File name -> JSON Schema of one kind of file, as an administrator writes it. */
export function editorSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(KINDS).map(([name, [title, schema]]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
      return [name, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`];
    }),
  );
}
