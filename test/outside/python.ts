import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { TestProject } from 'vitest/node';

/** The judges that others have written, at the versions whose answers are known. */
const packages = ['moto[server]==5.2.1', 'awscli==1.46.2'];

/** A virtual environment of their own, kept until the versions change. */
const environment = fileURLToPath(new URL('../../build/outside', import.meta.url));
const installed = join(environment, 'installed.json');

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of `moto_server` and `aws`; undefined where they cannot be had. */
    readonly judges: string | undefined;
  }
}

/** Installs the judges before the tests. Where that fails the tests are skipped, unless C2F_REQUIRE_MOTO is set. */
export default async function setup(project: TestProject): Promise<void> {
  try {
    await install();
    project.provide('judges', join(environment, 'bin'));
  } catch (error) {
    const { shortMessage, stderr, stdout } = error as { shortMessage?: string; stderr?: string; stdout?: string };
    const reason = [shortMessage ?? String(error), stderr || stdout].filter(Boolean).join('\n');
    if (process.env['C2F_REQUIRE_MOTO']) throw new Error(`moto and the AWS CLI are required: ${reason}`);
    process.stderr.write(`SKIPPED: the tests against moto and with the AWS CLI, which need Python. ${reason}\n`);
    project.provide('judges', undefined);
  }
}

async function install(): Promise<void> {
  const wanted = JSON.stringify(packages);
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  rmSync(environment, { recursive: true, force: true });
  await execa('python3', ['-m', 'venv', environment]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--retries', '1', ...packages];
  // Without an index it would try for long.
  await execa(join(environment, 'bin/python'), pip, { timeout: 300_000 });
  writeFileSync(installed, wanted);
}
