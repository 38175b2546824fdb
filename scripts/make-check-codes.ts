/** Writes docs/check-codes.md from the list of codes in src/knowledge/codes/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { codesMarkdown } from '../src/knowledge/code-page.ts';

const DOCS = new URL('../docs/', import.meta.url);
mkdirSync(DOCS, { recursive: true });
writeFileSync(new URL('check-codes.md', DOCS), codesMarkdown());
