// The floor of workload "files": asks git for the two lists keyscan asks for, then opens, reads and closes every file.

const { spawn } = require('node:child_process');
const { closeSync, fstatSync, openSync, readSync } = require('node:fs');

const others = ['ls-files', '-z', '--others', '--exclude-standard'];
const buffer = Buffer.allocUnsafeSlow(1 << 20);
let left = 2;
const paths = new Set();

function ask(args, take) {
  const child = spawn('git', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stdout.on('end', () => {
    for (const path of Buffer.concat(chunks).toString('latin1').split('\0')) take(path);
    if (--left === 0) for (const path of paths) read(path);
  });
}

ask([...others, '--cached', '--deleted'], (path) => path !== '' && paths.add(path));
ask([...others, '--ignored', '--directory'], () => {});

function read(path) {
  const file = openSync(path);
  const { size } = fstatSync(file);
  readSync(file, buffer, 0, Math.min(size, buffer.length), 0);
  fstatSync(file);
  closeSync(file);
}
