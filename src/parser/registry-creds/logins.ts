import { resolve } from 'pathe';
import { type Code, diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { mapValues } from '../../source/build.ts';
import { child, entriesOf, isNull, itemsOf, type Node, stringOf } from '../../source/node.ts';
import { readSource } from '../../source/read.ts';
import { parseYaml } from '../../source/yaml.ts';
import { interpolate } from '../compose/interpolation.ts';
import { type Path, pathText } from '../compose/path.ts';
import type { Project } from '../compose/project.ts';
import type { Variables } from '../compose/variables.ts';
import { checkContainers, namedContainers } from './containers.ts';
import { checkShape, type Shape } from './shape.ts';

/** What is to be kept for a private registry, and which containers are pulled with it. */
export interface RegistryLogin {
  readonly registry: string;
  /** ARN of a secret that holds it already, or is to hold it. */
  readonly arn?: string;
  /** Absent where the secret is taken as it is. */
  readonly login?: { readonly username: string; readonly password: string };
  /** The KMS key that encrypts the secret: id, ARN or alias. */
  readonly key?: string;
  readonly containers: readonly string[];
}

/** Source, here and below: ECS CLI Reference, "ecs-cli registry-creds up", the input file. */
const loginKeys: Readonly<Record<string, Shape>> = {
  secrets_manager_arn: 'text',
  username: 'text',
  password: 'text',
  kms_key_id: 'text',
  container_names: { list: 'text' },
};

const logins: Shape = {
  keys: { version: 'any', registry_credentials: { each: { keys: loginKeys } } },
  required: ['registry_credentials'],
};

/**
 * The input of `registry-creds up`; undefined where it has errors, which are reported. No finding shows a line of it, or
 * a value.
 */
export function loadRegistryLogins(
  host: Host,
  path: string,
  { project, variables }: { readonly project: Project; readonly variables: Variables },
  report: Report,
): readonly RegistryLogin[] | undefined {
  let failed = false;
  const reportHere: Report = (finding) => {
    failed ||= finding.severity === 'error';
    report(finding.source === undefined ? finding : { ...finding, confidential: true });
  };
  const file = readSource(host, resolve(host.cwd, path), 'registry credentials file', reportHere);
  const [document] = file === undefined ? [] : parseYaml(file, withoutText(reportHere));
  if (document === undefined) return undefined;
  const root = withVariables(document, [], variables, reportHere);
  checkShape(root, logins, reportHere);
  const registries = child(root, 'registry_credentials');
  checkContainers(namedContainers(registries, reportHere), project, reportHere);
  const written = child(document, 'registry_credentials');
  for (const [registry, { value }] of entriesOf(registries)) {
    checkLogin(registry, value, child(written, registry), reportHere);
  }
  return failed ? undefined : entriesOf(registries).map(([registry, { value }]) => loginOf(registry, value));
}

/** Of what is no YAML, the place alone: the words of the others may quote a password. */
function withoutText(report: Report): Report {
  let said = false;
  return (finding) => {
    if (finding.code === 'yaml/empty') return report(finding);
    // The rest of the file is read as well as it goes after the first mistake, and most of what follows comes of that.
    if (!said) report(diagnostic('registry/unreadable', {}, finding.source));
    said = true;
  };
}

/** The tree with its variables substituted; one that cannot be is reported, and stays as it is. */
function withVariables(node: Node, path: Path, variables: Variables, report: Report): Node {
  if (node.kind === 'mapping') {
    return mapValues(node, (value, key) => withVariables(value, [...path, key], variables, report));
  }
  const written = stringOf(node);
  if (written === undefined || !isVariable(written)) return node;
  const found: Code[] = [];
  const value = interpolate(node, variables, ({ code }) => found.push(code), path);
  if (found.length === 0 && stringOf(value) !== '') return value;
  const where = pathText(path);
  const expected = 'a variable such as ${NAME}, or a text that does not begin so';
  report(
    found.includes('compose/interpolation-syntax')
      ? diagnostic('registry/invalid-value', { where, expected, help: undefined }, node.source)
      : diagnostic('registry/variable-unset', { where, variable: /\w+/.exec(written)?.[0] ?? '' }, node.source),
  );
  return node;
}

/** As with ecs-cli, a value is a variable only as a whole, so that a password may hold a dollar sign. */
function isVariable(text: string): boolean {
  return text.startsWith('${') && text.endsWith('}');
}

/** A login has both of its parts, and a registry has a login or a secret. */
function checkLogin(registry: string, entry: Node, written: Node | undefined, report: Report): void {
  const [username, password] = [partOf(entry, 'username'), partOf(entry, 'password')];
  const isNeeded = child(entry, 'secrets_manager_arn') === undefined || (username ?? password) !== undefined;
  // A key that is misspelt has been reported, and may be the one that is missing.
  const isKnown = entry.kind === 'mapping' && entriesOf(entry).every(([key]) => Object.hasOwn(loginKeys, key));
  for (const key of ['username', 'password']) {
    if (!isNeeded || !isKnown || !isAbsent(child(entry, key))) continue;
    const help = 'A registry has a login, or the secret that holds it in secrets_manager_arn.';
    report(diagnostic('registry/missing-key', { key, where: `registry_credentials.${registry}`, help }, entry.source));
  }
  const asWritten = child(written, 'password');
  if (asWritten !== undefined && password !== undefined && !isVariable(stringOf(asWritten) ?? '')) {
    report(diagnostic('registry/password-in-file', { registry }, asWritten.source));
  }
}

function isAbsent(node: Node | undefined): boolean {
  return node === undefined || isNull(node);
}

function loginOf(registry: string, entry: Node): RegistryLogin {
  const [arn, username, password, key] = ['secrets_manager_arn', 'username', 'password', 'kms_key_id'].map((name) =>
    partOf(entry, name),
  );
  return {
    registry,
    ...(arn === undefined ? {} : { arn }),
    ...(username === undefined || password === undefined ? {} : { login: { username, password } }),
    ...(key === undefined ? {} : { key }),
    containers: itemsOf(child(entry, 'container_names')).map((item) => stringOf(item) ?? ''),
  };
}

function partOf(entry: Node, key: string): string | undefined {
  return stringOf(child(entry, key));
}
