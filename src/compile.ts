import { check } from './checker/check.ts';
import { type Code, type Diagnostic, hasErrors, type Report } from './diagnostics/diagnostic.ts';
import { withoutSuppressed } from './diagnostics/suppression.ts';
import type { TaskDefinition } from './fargate/task-definition.ts';
import type { Host } from './host.ts';
import { type LoadOptions, loadProject } from './parser/compose/load.ts';
import type { Project } from './parser/compose/project.ts';
import type { Variables } from './parser/compose/variables.ts';
import { loadEcsParams } from './parser/ecs-params/load.ts';
import { checkServices } from './parser/ecs-params/references.ts';
import { checkContainers } from './parser/registry-creds/containers.ts';
import { loadRegistryCredentials } from './parser/registry-creds/credentials.ts';
import { samePlace } from './source/source.ts';
import { sourceOf, type Task } from './transformer/task.ts';
import { needsTaskRole } from './transformer/task-role.ts';
import { transform } from './transformer/transform.ts';

/** What the command line says about the input: which project, which ecs-params, which region. */
export interface CompileOptions extends LoadOptions {
  /** The ecs-params file; none: `ecs-params.yml` or `.yaml` beside the first Compose file or in the current directory. */
  readonly ecsParams?: string;
  /**
   * The file that `registry-creds up` wrote; none: the newest `ecs-registry-creds_TIME.yml` beside the first Compose file
   * or in the current directory.
   */
  readonly registryCreds?: string;
  /** The family of the task definition; none: what ecs-params says, then the project's name. */
  readonly family?: string;
  /** The region that a generated log configuration names. */
  readonly region?: string;
  /** Whether values that address a sibling service become 127.0.0.1; true unless said otherwise. */
  readonly rewriteHosts?: boolean;
  /** Whether the images of services with `build` will be built for the task and pushed before it runs. */
  readonly build?: boolean;
  /** Whether roles that the files leave open will be made before the task runs. */
  readonly createRoles?: boolean;
}

/** What the three stages made of the input, and all that they found. */
export interface Compiled {
  /** Absent when the Compose files have errors. */
  readonly project?: Project;
  /** The project's variables, for the files beside it that are interpolated too. */
  readonly variables: Variables;
  /** Absent when a task definition could not be made. It may still be one that AWS refuses: see the findings. */
  readonly task?: Task;
  /** Without those that comments of the files switch off; where there is no task, nothing is. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses, transforms and checks a project. Reads through the host, never throws for bad input. */
export function compile(host: Host, options: CompileOptions): Compiled {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const { project, variables, directory } = loadProject(host, options, report);
  const params = loadEcsParams(host, { path: options.ecsParams, directory, variables }, report);
  const registryCredentials = loadRegistryCredentials(host, { path: options.registryCreds, directory }, report);
  if (project === undefined) return { variables, diagnostics };
  if (registryCredentials !== undefined) checkContainers(registryCredentials.containers, project, report);
  if (params !== undefined) checkServices(params, project, report);
  if (hasErrors(diagnostics)) return { project, variables, diagnostics };
  // Today's rule makes one group of all services, so one task.
  const [task] = transform(host, project, { params, registryCredentials }, options, report);
  if (task === undefined) return { project, variables, diagnostics };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  check(
    asRegistered(task, options),
    (path) => sourceOf(task.origins, path),
    (finding) => {
      if (!isConsequence(finding, errors)) report(finding);
    },
  );
  const beside = [params, registryCredentials].flatMap((one) => (one === undefined ? [] : [one.file]));
  const files = [...project.files, ...beside];
  return { project, variables, task, diagnostics: withoutSuppressed(diagnostics, files) };
}

/** The definition as far as it is known what will be registered: a role that is made before stands in it then. */
function asRegistered(task: Task, { createRoles = false }: CompileOptions): TaskDefinition {
  const { definition } = task;
  if (!createRoles || definition.taskRoleArn !== undefined || !needsTaskRole(task)) return definition;
  return { ...definition, taskRoleArn: 'made-before-it-runs' };
}

/** What the transformer says in its own words: a member that it could not set, and settings that differ. */
const saidBefore: ReadonlySet<Code> = new Set<Code>(['fargate/required', 'fargate/system-control']);

/** Whether the transformer has said it, with an error at that very place. */
function isConsequence({ code, source }: Diagnostic, errors: readonly Diagnostic[]): boolean {
  return (
    saidBefore.has(code) &&
    source !== undefined &&
    errors.some((error) => error.source !== undefined && samePlace(error.source, source))
  );
}
