#!/usr/bin/env node
// Starts the bundle with the machine code that V8 made of it in an earlier run: that halves what start-up costs beyond
// node's own. CommonJS (see package.json beside this file): a launcher that is a module costs a quarter of node's start.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');
const { createRequire } = require('node:module');
const { Script } = require('node:vm');

const bundle = join(__dirname, '../dist/cli.cjs');

/** Where the machine code of this very bundle, node and processor is kept. V8 itself compares little more than lengths. */
function cachePath() {
  const { size, mtimeMs } = statSync(bundle);
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const folder = XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache');
  return join(folder, 'compose2fargate', `${size}-${mtimeMs}-${process.version}-${process.arch}.bin`);
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** A cache that cannot be kept is none: the next start is a little slower. */
function keep(path, data) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, data, { mode: 0o600 });
    renameSync(unfinished, path);
  } catch {}
}

const path = cachePath();
const cachedData = read(path);
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'utf8')}\n})`;
const script = new Script(source, { filename: bundle, cachedData });
const bundled = { exports: {} };
const parameters = [bundled.exports, createRequire(bundle), bundled, bundle, dirname(bundle)];
script.runInThisContext().apply(bundled.exports, parameters);

// At the end, when the functions that a command needs have been compiled; help or a version would leave too few.
const isCommand = !process.argv.some((word) => ['--help', '-h', '--version'].includes(word));
if (isCommand && (cachedData === undefined || script.cachedDataRejected)) {
  process.on('exit', () => keep(path, script.createCachedData()));
}
