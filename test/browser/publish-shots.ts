/** Copies the two pictures of the README out of the latest run: `node test/browser/publish-shots.ts`. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const SHOTS = join(import.meta.dirname, 'shots');
const IMAGES = join(import.meta.dirname, '../../docs/images');

for (const name of ['customer.png', 'desk.png']) {
  if (!existsSync(join(SHOTS, name))) {
    process.stderr.write(`There is no ${name} yet: run the browser tests first (npx vitest run test/browser).\n`);
    process.exit(1);
  }
  mkdirSync(IMAGES, { recursive: true });
  copyFileSync(join(SHOTS, name), join(IMAGES, name));
  process.stdout.write(`docs/images/${name}\n`);
}
