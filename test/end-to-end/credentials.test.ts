import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folder } from '../folder.ts';
import { cliWith, type Ended } from './cli.ts';

const project = { 'compose.yaml': 'name: shop\nservices:\n  web: {image: nginx}\n' };

/** A home folder with this configuration of AWS. */
function home(config?: string): string {
  const path = folder();
  if (config !== undefined) {
    mkdirSync(join(path, '.aws'));
    writeFileSync(join(path, '.aws/config'), config);
  }
  return path;
}

async function ps(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> {
  return cliWith({ AWS_REGION: 'us-east-1', ...environment }, folder(project), 'ps', ...args);
}

/** The address of a server that takes connections and never answers. */
async function hanging(): Promise<string> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
}

describe('credentials that are missing or do not hold end with exit code 3 and one sentence', () => {
  it('none at all: where they were sought, and what to do', async () => {
    const { code, out, error } = await ps({ HOME: home(), AWS_EC2_METADATA_DISABLED: 'true' });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    for (const source of ['AWS_ACCESS_KEY_ID', '~/.aws/config', 'SSO', 'container', 'instance']) {
      expect(error).toContain(source);
    }
    expect(error).toMatch(/\n {2}help: .*aws sso login.*--simulate/);
    expect(error).not.toMatch(/\n {4}at |Warning/);
  });

  it('none, and instance metadata that never answers: it is over within seconds', async () => {
    const start = Date.now();
    const { code } = await ps({
      HOME: home(),
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: await hanging(),
    });
    expect(code).toBe(3);
    expect(Date.now() - start).toBeLessThan(8_000);
  });

  it('a profile that does not exist: the files in which it was sought', async () => {
    const files = { AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' };
    const { code, error } = await ps({ HOME: home(), ...files }, '--aws-profile', 'dev');
    expect(code).toBe(3);
    expect(error).toContain('of the profile dev in /nowhere/config and /nowhere/credentials');
  });

  it('an SSO session that has ended: the line that signs in', async () => {
    const config = `[profile dev]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Developer
`;
    const { code, error } = await ps({ HOME: home(config), AWS_PROFILE: 'dev' });
    expect(code).toBe(3);
    expect(error).toMatch(/\n {2}help: Sign in: aws sso login --profile dev\n$/);
  });

  it('a profile beside keys in the environment: no warning of the SDK', async () => {
    const config = '[profile dev]\naws_access_key_id = a\naws_secret_access_key = b\n';
    const keys = { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
    const { code, error } = await ps({ HOME: home(config), ...keys }, '--endpoint-url', 'http://127.0.0.1:9');
    expect(code).toBe(3);
    expect(error).toMatch(/^error: ECS could not be reached: nobody answers at that address\..*\n {2}help: .*\n$/);
  });
});
