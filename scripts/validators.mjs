// Compiles the JSON Schemas to what the parser validates with, under build/validators: no command pays for Ajv at
// start-up.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = `${root}build/validators`;
const readJson = async (path) => JSON.parse(await readFile(path, 'utf8'));

/** What a validator never looks at; without it the code is a third smaller. */
const annotations = new Set([
  'description',
  'title',
  'default',
  'deprecated',
  'examples',
  'patternErrorMessage',
  '$schema',
  '$id',
  '$comment',
]);

const namesFollow = new Set(['properties', 'patternProperties', 'definitions', '$defs']);

function withoutAnnotations(schema, isMap = false) {
  if (Array.isArray(schema)) return schema.map((item) => withoutAnnotations(item));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => isMap || !annotations.has(key))
      .map(([key, value]) => [key, withoutAnnotations(value, !isMap && namesFollow.has(key))]),
  );
}

/** A JSON Merge Patch (RFC 7396) applied. */
function patched(target, patch) {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result = { ...(typeof target === 'object' && !Array.isArray(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = patched(result[key], value);
  }
  return result;
}

/** Visits a schema and those below it, each with the path of what it describes, `*` standing for any key or index. */
function eachPlace(schema, visit) {
  const walk = (node, path, refs) => {
    if (typeof node !== 'object' || node === null) return;
    visit(node, path.join('.'));
    if (node.$ref !== undefined) {
      if (refs.includes(node.$ref)) return;
      const target = node.$ref
        .slice(2)
        .split('/')
        .reduce((value, step) => value[step], schema);
      walk(target, path, [...refs, node.$ref]);
    }
    for (const [key, value] of Object.entries(node.properties ?? {})) walk(value, [...path, key], refs);
    for (const [pattern, value] of Object.entries(node.patternProperties ?? {})) {
      if (!pattern.startsWith('^x-')) walk(value, [...path, '*'], refs);
    }
    walk(node.additionalProperties, [...path, '*'], refs);
    walk(node.items, [...path, '*'], refs);
    for (const branch of [...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.allOf ?? [])])
      walk(branch, path, refs);
  };
  walk(schema, [], []);
}

/** The keys that each mapping may have, by its path. */
function knownKeys(schema) {
  const keys = new Map();
  eachPlace(schema, ({ properties = {} }, at) => {
    for (const key of Object.keys(properties)) keys.set(at, (keys.get(at) ?? new Set()).add(key));
  });
  return Object.fromEntries([...keys].map(([path, names]) => [path, [...names].join(' ')]));
}

/** What patterns ask for, in words, by path: the `patternErrorMessage` of the schema, which editors show too. */
function patternWords(schema) {
  const words = {};
  eachPlace(schema, ({ patternErrorMessage }, at) => {
    if (patternErrorMessage !== undefined) words[at] = patternErrorMessage;
  });
  return words;
}

/** Code of a validator whose errors do not say where in the schema they come from: nobody asks, and it is a sixth of it. */
function withoutSchemaPaths(code) {
  return code.replace(/schemaPath:"(?:[^"\\]|\\.)*",/g, '');
}

async function compile(name, schema) {
  const ajv = new Ajv({
    allErrors: true,
    verbose: false,
    messages: false,
    inlineRefs: false,
    strict: false,
    validateFormats: false,
    code: { source: true, esm: true, lines: true },
  });
  const bare = withoutAnnotations(schema);
  const code = withoutSchemaPaths(standaloneCode(ajv, ajv.compile(bare)));
  const bundled = await build({
    stdin: {
      contents: [
        code,
        `export const knownKeys = ${JSON.stringify(knownKeys(bare))};`,
        `export const patternWords = ${JSON.stringify(patternWords(schema))};`,
      ].join('\n'),
      resolveDir: root,
      loader: 'js',
    },
    bundle: true,
    format: 'esm',
    write: false,
    platform: 'neutral',
    mainFields: ['main'],
  });
  await mkdir(outDir, { recursive: true });
  await writeFile(`${outDir}/${name}.js`, bundled.outputFiles[0].text);
  await writeFile(`${outDir}/${name}.d.ts`, declaration);
}

const declaration = `/** Made by scripts/validators.mjs. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON Pointer of the value that is wrong. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}
declare const validate: {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
};
export default validate;
/** The keys of each mapping, with blanks between, by its path: \`services.*.build\`. */
export declare const knownKeys: Readonly<Record<string, string>>;
/** What patterns ask for, in words, by path. */
export declare const patternWords: Readonly<Record<string, string>>;
`;

export async function compileValidators() {
  const compose = await readJson(`${root}node_modules/docker-compose/schema/compose-spec.json`);
  await compile('compose', patched(compose, await readJson(`${root}schemas/compose.patch.json`)));
  await compile('ecs-params', await readJson(`${root}schemas/ecs-params.schema.json`));
}
