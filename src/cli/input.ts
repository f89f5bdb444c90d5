import { type Compiled, type CompileOptions, compile } from '../compile.ts';
import type { Code, Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { Project } from '../parser/compose/project.ts';
import type { Variables } from '../parser/compose/variables.ts';
import type { Task } from '../transformer/task.ts';
import { isRefused, printFindings, withSeverities } from './findings.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { findRegion } from './region.ts';

/** What a command that needs a whole, valid input works on. */
export interface ValidInput {
  readonly project: Project;
  /** The project's variables, for files beside it. */
  readonly variables: Variables;
  readonly task: Task;
  readonly region: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The options of a command before which images may be built, and roles made. */
export interface BuildableOptions extends GlobalOptions {
  readonly build?: boolean;
  readonly createRoles?: boolean;
}

/** Compiles the project that the options name, the severities of its findings as the user wants them. */
export async function compileInput(
  io: Io,
  options: BuildableOptions,
  more: Partial<CompileOptions> = {},
): Promise<Compiled & { readonly region: string | undefined }> {
  const region = findRegion(io, options);
  const compiled = compile(io.host, {
    ...loadOptions(options),
    ...defined({
      ecsParams: options.ecsParams,
      registryCreds: options.registryCreds,
      family: options.family,
      rewriteHosts: options.rewriteHosts,
      build: options.build,
      createRoles: options.createRoles,
      region,
    }),
    ...more,
  });
  return { ...compiled, region, diagnostics: withSeverities(compiled.diagnostics, options) };
}

/**
 * Compiles and prints the findings from the least severity that is wanted; undefined where they end the command with
 * exit code 1. Unless they do, those with the codes `later` are left to a command that knows then whether they hold.
 */
export async function validInput(
  io: Io,
  options: BuildableOptions,
  least: Severity,
  later: readonly Code[] = [],
): Promise<ValidInput | undefined> {
  const { project, variables, task, region, diagnostics } = await compileInput(io, options);
  const isValid = project !== undefined && task !== undefined && !isRefused(diagnostics, options);
  const told = isValid ? diagnostics.filter(({ code }) => !later.includes(code)) : diagnostics;
  printFindings(io, told, options, least);
  return isValid ? { project, variables, task, region, diagnostics } : undefined;
}

/**
 * Compiles for a command that comes before any task, so that no finding about the task ends it; undefined where the
 * files cannot be read, which has been said then.
 */
export async function readableInput(io: Io, options: GlobalOptions): Promise<ValidInput | undefined> {
  const { project, variables, task, region, diagnostics } = await compileInput(io, {
    ...options,
    build: true,
    createRoles: true,
  });
  if (project !== undefined && task !== undefined) return { project, variables, task, region, diagnostics };
  printFindings(io, diagnostics, options, 'error');
  return undefined;
}

/** The part of the options that says which project to load. */
export function loadOptions(options: GlobalOptions): CompileOptions {
  return defined({
    files: options.file,
    projectName: options.projectName,
    projectDirectory: options.projectDirectory,
    envFiles: options.envFile,
    profiles: options.profile,
  });
}

/** The members that have a value. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
