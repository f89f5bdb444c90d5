#!/usr/bin/env node
// Starts the bundles with the machine code that V8 made of them in an earlier run: that halves what start-up costs
// beyond node's own. CommonJS (see package.json beside this file): a launcher that is a module costs a quarter of node's
// start.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');
const { createRequire } = require('node:module');
const { Script } = require('node:vm');

const dist = join(__dirname, '../dist');

/** Where the machine code of this very bundle, node and processor is kept. V8 itself compares little more than lengths. */
function cachePath(name) {
  const { size, mtimeMs } = statSync(join(dist, name));
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const folder = XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache');
  return join(folder, 'compose2fargate', `${name}-${size}-${mtimeMs}-${process.version}-${process.arch}.bin`);
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

const loaded = new Map();

/** What a bundle exports. The bundles that it requires are loaded alike. */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const bundled = { exports: {} };
  loaded.set(name, bundled);
  const filename = join(dist, name);
  const path = cachePath(name);
  const cachedData = read(path);
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'utf8')}\n})`;
  const script = new Script(source, { filename, cachedData });
  const requireOther = createRequire(filename);
  const requireAny = (id) => (id.endsWith('.cjs') ? load(id.slice('./'.length)) : requireOther(id));
  script.runInThisContext().call(bundled.exports, bundled.exports, requireAny, bundled, filename, dist);
  if (cachedData === undefined || script.cachedDataRejected) {
    // At the end, when the functions that a command needs have been compiled; wrong usage would leave too few.
    process.on('exit', (code) => code === 2 || keep(path, script.createCachedData()));
  }
  return bundled.exports;
}

load('cli.cjs');
