// What npm runs in a clone after `npm ci`, before `npm pack`, and when it installs from a git URL: dist/ is built, and our
// own hooks are set. Never runs for those who install the packed package.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const { npm_config_global: isGlobal, npm_config_omit: omit = '', npm_execpath: npm, NODE_ENV } = process.env;

try {
  await import('./build.mjs');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  if (isGlobal === 'true' && npm) buildForGlobal();
  // `npm ci --omit=dev` has brought no bundler: bin/keyscan.js then says what is missing.
  else if (!omit.includes('dev') && NODE_ENV !== 'production') throw error;
}

if (existsSync('.git') && !process.env.CI) {
  const husky = await import('husky').catch(() => undefined);
  const complaint = husky?.default();
  if (complaint) process.stderr.write(`husky: ${complaint}\n`);
}

/**
 * `npm install --global` from a git URL, as the pre-commit framework does it: npm lets the install of what building needs
 * be a global one, too, so that nothing comes here (seen with npm 11.19.1).
 */
function buildForGlobal() {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(?:global|prefix|location|omit|include)$/i.test(name),
  );
  const env = Object.fromEntries(inherited);
  const run = (...args) =>
    execFileSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  run(npm, 'ci', '--ignore-scripts', '--no-progress');
  run('scripts/build.mjs');
}
