// What npm runs in a clone after `npm ci`, before `npm pack`, and when it installs from a git URL: dist/ is built, and our
// own hooks are set. Never runs for those who install the packed package.

import { existsSync } from 'node:fs';

await import('./build.mjs').catch((error) => {
  // `npm ci --omit=dev` has brought no bundler: bin/keyscan.js then says what is missing.
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
});

if (existsSync('.git') && !process.env.CI) {
  const husky = await import('husky').catch(() => undefined);
  const complaint = husky?.default();
  if (complaint) process.stderr.write(`husky: ${complaint}\n`);
}
