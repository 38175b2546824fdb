import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { editorSchemas } from '../../src/knowledge/editor-schemas.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const settings = JSON.parse(read('.vscode/settings.json')) as { 'yaml.schemas': Record<string, string> };
const uses = Object.entries(settings['yaml.schemas']);

describe('the schemas for editors', () => {
  it('are what schemas/ holds (else run: node scripts/make-schemas.ts)', () => {
    expect(readdirSync(path.join(ROOT, 'schemas')).sort()).toEqual([...editorSchemas().keys()].sort());
    for (const [name, text] of editorSchemas()) expect(read(`schemas/${name}`), name).toBe(text);
  });

  it('are all used by the editor setting', () => {
    expect(uses.map(([schema]) => path.basename(schema)).sort()).toEqual([...editorSchemas().keys()].sort());
  });

  it.each(uses)('%s takes the shipped files, and not a misspelt key', (schema, pattern) => {
    const taken = z.fromJSONSchema(JSON.parse(read(schema)) as Parameters<typeof z.fromJSONSchema>[0]);
    const files = globSync(pattern, { cwd: ROOT });
    expect(files.length > 0 || pattern.endsWith('groups.yml')).toBe(true);
    for (const file of files) expect(taken.safeParse(parse(read(file))).error?.issues, file).toBeUndefined();
    expect(taken.safeParse([{ dsek: 1 }]).success || taken.safeParse({ dsek: {} }).success).toBe(false);
  });
});
