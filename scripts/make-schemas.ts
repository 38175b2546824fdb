/** Writes schemas/*.json, with which an editor completes and checks the administrator's files, from the schemas that `check` uses. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { editorSchemas } from '../src/knowledge/editor-schemas.ts';

const FOLDER = new URL('../schemas/', import.meta.url);
mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of editorSchemas()) writeFileSync(new URL(name, FOLDER), text);
