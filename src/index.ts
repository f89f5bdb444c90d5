/**
 * The core: Compose files and ecs-params in, a Fargate task definition and findings out. It asks a `Host` for all that
 * it reads, so that it runs in a browser as well; `compose2fargate/node` has the host of a Node process.
 */
export { check, type Locate, refusalOf } from './checker/check.ts';
export { type Compiled, type CompileOptions, compile } from './compile.ts';
export type { Code, Diagnostic, Report, Severity } from './diagnostics/diagnostic.ts';
export { hasErrors } from './diagnostics/diagnostic.ts';
export { applyFixes, type Change, type Changes, type Fix } from './diagnostics/fix.ts';
export { type DiagnosticJson, diagnosticsJson } from './diagnostics/format/json.ts';
export { formatSummary, formatText, type TextOptions } from './diagnostics/format/text.ts';
export * from './fargate/task-definition.ts';
export type { DirectoryEntry, Host, ReadResult } from './host.ts';
export { projectJson, projectYaml } from './parser/compose/json.ts';
export { type Loaded, type LoadOptions, loadProject } from './parser/compose/load.ts';
export type { Project, Service } from './parser/compose/project.ts';
export { imagesOf, servicesOf } from './parser/compose/project.ts';
export { type UsedVariable, usedVariables } from './parser/compose/used-variables.ts';
export { readTaskDefinition, type TaskDefinitionFile } from './parser/task-definition/read.ts';
export type { Edit } from './source/edit.ts';
export type { Entry, MappingNode, Node, ScalarNode, ScalarType, SequenceNode } from './source/node.ts';
export { type Position, type Related, type Source, SourceFile, sourceText } from './source/source.ts';
export { writeYaml } from './source/write-yaml.ts';
export { annotate } from './transformer/annotate.ts';
export type { LaunchSettings, VolumeConfiguration } from './transformer/launch-settings.ts';
export type { ServiceSettings } from './transformer/service-settings.ts';
export type { NetworkSettings, Origin, Origins, PublishedPort, RunSettings, Task } from './transformer/task.ts';
export { originOf, sourceOf } from './transformer/task.ts';
