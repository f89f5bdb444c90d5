// Builds all that the package holds: validators, rule pages, the command line's bundles, the library, declarations.
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { thirdPartyLicenses } from './licenses.mjs';
import { collectRulePages } from './rule-pages.mjs';
import { compileValidators } from './validators.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files that are loaded late, and the bundle that each becomes beside the one that loads it. */
const lateBundles = {
  '/src/cli/offline.ts': './offline.cjs',
  '/src/cli/online.ts': './aws.cjs',
  '/src/cli/online/terminal-program.ts': './terminal-program.cjs',
  '/src/deployer/network/ec2-client.ts': './ec2.cjs',
  '/src/cli/simulator.ts': './simulator.cjs',
  '/src/deployer/image/ecr-client.ts': './ecr.cjs',
  '/src/deployer/image/docker-command.ts': './docker.cjs',
  '/src/deployer/secret/secrets-manager-client.ts': './secrets-manager.cjs',
  '/src/deployer/secret/ssm-client.ts': './ssm.cjs',
  '/src/deployer/cluster/cloudformation-client.ts': './cloudformation.cjs',
  '/src/cli/iam/print.ts': './iam.cjs',
  '/src/deployer/iam/iam-client.ts': './iam-client.cjs',
  '/src/deployer/balancer/elastic-load-balancing-client.ts': './elastic-load-balancing.cjs',
  '/src/deployer/discovery/cloud-map-client.ts': './cloud-map.cjs',
  '/src/deployer/scaling/application-auto-scaling-client.ts': './application-auto-scaling.cjs',
  '/src/cli/ecs-cli-forms.ts': './ecs-cli-forms.cjs',
  '/src/cli/completion/scripts.ts': './completion.cjs',
  '/src/cli/validate/reports.ts': './reports.cjs',
  '/src/cli/validate/search.ts': './search.cjs',
  '/src/cli/rule-pages.ts': './rule-pages.cjs',
  '/src/fargate/stop-reasons.ts': './stop-reasons.cjs',
  '/src/cli/validate/unified-diff.ts': './diff.cjs',
};

/** Leaves a dynamic import of a late file to run time: CommonJS bundles cannot be split by esbuild itself. */
const lateImports = {
  name: 'late-imports',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path, importer }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = `/${fileURLToPath(new URL(path, `file://${importer}`)).slice(root.length)}`;
      const bundle = lateBundles[file];
      return bundle === undefined ? undefined : { path: bundle, external: true };
    });
  },
};

/** Of package.json the program needs the version alone, and not what it was built with. */
const versionAlone = {
  name: 'version-alone',
  setup({ onLoad }) {
    onLoad({ filter: /\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** commander wants node:child_process for subcommands that are programs of their own; we have none, and it is slow. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/node_modules/commander/') ? { path: 'none', namespace: 'none' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: '' }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  // ES modules first: they can be tree-shaken.
  mainFields: ['module', 'main'],
  // The browser's build of yaml is the one in ES modules.
  alias: { yaml: `${root}node_modules/yaml/browser/index.js` },
  metafile: true,
  logLevel: 'warning',
};

/** One CommonJS bundle of the command line; CommonJS starts faster than modules. */
const bundle = (entry, outfile) =>
  build({
    ...shared,
    entryPoints: [entry],
    outfile,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // A late bundle is required: that is quicker than importing it.
    supported: { 'dynamic-import': false },
    // For what asks where it stands, to require what stands beside it.
    define: { 'import.meta.url': '__filename' },
    plugins: [lateImports, versionAlone, withoutChildProcess],
  });

/** The library's entry points as ES modules that share chunks. */
const library = () =>
  build({
    ...shared,
    entryPoints: ['src/index.ts', 'src/node.ts', 'src/deployer.ts', 'src/simulator.ts'],
    outdir: 'dist/lib',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    minify: false,
    // What is CommonJS inside needs a require, which modules lack.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });

/** The core for a browser: fails where a `node:` import has crept in. */
export const browserBundle = () =>
  build({
    ...shared,
    entryPoints: ['src/index.ts'],
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    write: false,
  });

async function buildAll() {
  await rm(`${root}dist`, { recursive: true, force: true });
  await Promise.all([compileValidators(), collectRulePages()]);
  const results = await Promise.all([
    bundle('src/cli/entry.ts', 'dist/cli.cjs'),
    ...Object.entries(lateBundles).map(([entry, file]) => bundle(entry.slice(1), `dist/${file}`)),
    library(),
    promisify(execFile)(process.execPath, [
      `${root}node_modules/typescript/bin/tsc`,
      '-p',
      `${root}tsconfig.types.json`,
    ]),
  ]);
  const inputs = new Set(results.flatMap((result) => Object.keys(result.metafile?.inputs ?? {})));
  await writeFile(`${root}THIRD_PARTY_LICENSES`, await thirdPartyLicenses(root, inputs));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll().catch((error) => {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? error.message}\n`);
    process.exitCode = 1;
  });
}
