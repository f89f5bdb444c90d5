// Builds what a package made of a git address needs. `npm install --global` of one, as pre-commit does it, comes here
// without the development dependencies.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${cwd}node_modules/esbuild`)) {
  const args = ['ci', '--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { cwd, stdio: 'inherit' });
}
execFileSync(process.execPath, ['scripts/build.mjs'], { cwd, stdio: 'inherit' });
