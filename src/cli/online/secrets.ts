import { execute, hasChanges, type Plan, planSecrets, secretName } from '../../deployer.ts';
import { type Project, servicesOf } from '../../parser/compose/project.ts';
import { child, itemsOf, stringOf } from '../../source/node.ts';
import { rewriteValue } from '../../transformer/sibling-names.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { jsonDocument } from '../render/json-document.ts';
import type { OnlineContext, SecretsOptions } from './context.ts';
import { formatPlan, summaries } from './plan-text.ts';
import { inSession, type Session } from './session.ts';

/** A secret that is in its store, and how it came there. */
interface Pushed {
  readonly variable: string;
  readonly name: string;
  readonly arn: string;
  readonly change: ReturnType<typeof changeOf>;
}

/** `secrets push`: writes what is missing or has another value, and prints the lines by which services get them. */
export function pushSecrets(context: OnlineContext, options: SecretsOptions): Promise<ExitCode> {
  return inSession(context, async (session) => {
    const { account, project, emit } = session;
    const { store, values, kmsKey } = options;
    tellSiblings(context, session, values);
    const named = [...values].map(([variable, value]) => ({
      name: secretName(store, project, variable),
      value,
      ...(kmsKey === undefined ? {} : { key: kmsKey }),
    }));
    const { plan, arns } = await planSecrets(account, store, named);
    if (options.dryRun) return { code: exitCode.done, result: formatPlan(plan, context.task, context, session) };
    emit({ code: 'plan/made', level: 'info', data: { operations: summaries(plan), changes: hasChanges(plan) } });
    const { secrets = new Map<string, string>(), verdict } = await execute(plan, {
      ...session,
      observed: [],
      timeout: 0,
    });
    if (verdict.kind === 'interrupted') {
      emit({ code: 'wait/interrupted', level: 'warning', data: { tasks: [] } });
      return { code: exitCode.interrupted };
    }
    const pushed = [...values.keys()].map((variable): Pushed => {
      const name = secretName(store, project, variable);
      const arn = secrets.get(name) ?? arns.get(name) ?? '';
      return { variable, name, arn, change: changeOf(plan, name) };
    });
    return { code: exitCode.done, result: resultOf(context, session, options, pushed) };
  });
}

/** Warns of values that address another service of the task by its name: a secret is handed on as it is. */
function tellSiblings({ options, project }: OnlineContext, { emit }: Session, values: SecretsOptions['values']): void {
  if (options.rewriteHosts === false) return;
  const names = new Set(servicesOf(project).map(({ name }) => name));
  const isMisled = ([variable, value]: readonly [string, string]) =>
    rewriteValue(variable, value, names).changes.length > 0;
  const variables = [...values].filter(isMisled).map(([variable]) => variable);
  if (variables.length > 0) emit({ code: 'secret/sibling', level: 'warning', data: { variables } });
}

/** What a plan does to a secret. */
export function changeOf({ operations }: Plan, name: string): 'created' | 'updated' | 'unchanged' {
  if (operations.some((one) => one.kind === 'create-secret' && one.name === name)) return 'created';
  return operations.some((one) => one.kind === 'update-secret' && one.name === name) ? 'updated' : 'unchanged';
}

function resultOf(
  { options, project }: OnlineContext,
  { emit }: Session,
  { store }: SecretsOptions,
  secrets: readonly Pushed[],
): string {
  if (options.json) return jsonDocument({ project: project.name, store, secrets });
  const readers = new Map(secrets.map(({ variable }) => [variable, readersOf(project, variable)]));
  const variables = [...readers].filter(([, services]) => services.length === 0).map(([variable]) => variable);
  const services = servicesOf(project).map(({ name }) => name);
  if (variables.length > 0 && services.length > 1) {
    emit({ code: 'secret/unmentioned', level: 'info', data: { variables } });
  }
  const lines = services.flatMap((service) => {
    const own = secrets.filter(({ variable }) => {
      const named = readers.get(variable) ?? [];
      return named.length === 0 || named.includes(service);
    });
    if (own.length === 0) return [];
    const items = own.flatMap(({ variable, arn }) => [
      `        - name: ${yamlText(variable)}`,
      `          value_from: ${arn}`,
    ]);
    return [`    ${yamlText(service)}:`, '      secrets:', ...items];
  });
  return ['task_definition:', '  services:', ...lines, ''].join('\n');
}

/** The services that name a variable, the file that holds it (`X_FILE`), or a Compose secret of that name. */
function readersOf(project: Project, variable: string): readonly string[] {
  const isReader = ({ node }: ReturnType<typeof servicesOf>[number]) => {
    const environment = child(node, 'environment');
    const secrets = itemsOf(child(node, 'secrets')).map((item) => stringOf(child(item, 'source')) ?? '');
    return (
      child(environment, variable) !== undefined ||
      child(environment, `${variable}_FILE`) !== undefined ||
      secrets.some((secret) => secret.toUpperCase().replace(/\W/g, '_') === variable)
    );
  };
  return servicesOf(project)
    .filter(isReader)
    .map(({ name }) => name);
}

/** A name as YAML reads it as a text. */
function yamlText(name: string): string {
  const isPlain = /^[A-Za-z_][\w-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}
