// Sets up our own git hooks after `npm ci` in a clone; does nothing where husky or a work tree is missing (CI, tarballs).
import { existsSync } from 'node:fs';

if (existsSync('.git') && !process.env.CI) {
  const husky = await import('husky').catch(() => undefined);
  const complaint = husky?.default();
  if (complaint) process.stderr.write(`husky: ${complaint}\n`);
}
