// Completes package-lock.json where the registry it was made from did not offer every platform's binaries: npm leaves those
// out, and `npm ci` then refuses the lock, on that machine and on every other. Run after a change of dependencies.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SYSTEMS = /\b(android|darwin|freebsd|linux|openharmony|win32)\b/;
const PROCESSORS = /-(arm64|arm(?=-)|ia32|loong64|ppc64|riscv64|s390x|x64)\b/;
const LIBRARIES = { gnu: 'glibc', musl: 'musl' };

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(path, 'utf8'));

for (const about of Object.values(lock.packages))
  for (const [name, version] of Object.entries(about.optionalDependencies ?? {}))
    lock.packages[`node_modules/${name}`] ??= platformPackage(name, version);

const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);

/** What the name says; npm asks the registry for the rest when the platform is its own. */
function platformPackage(name, version) {
  const [, os] = SYSTEMS.exec(name) ?? [];
  const [, cpu] = PROCESSORS.exec(name) ?? [];
  if (!os || !cpu || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`${name}@${version}: not a platform's binary?`);
  const [, library] = /-(gnu|musl)$/.exec(name) ?? [];
  const libc = os === 'linux' && library ? { libc: [LIBRARIES[library]] } : {};
  return { version, cpu: [cpu], dev: true, ...libc, optional: true, os: [os] };
}
