import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../source/source.ts';
import { type ContainerFile, containerFiles } from './container-files.ts';
import type { TaskContext } from './context.ts';
import { type HostMention, hostMentions } from './host-mentions.ts';
import { siblingNames } from './hosts.ts';

/** Places of one file that are reported one by one. */
const shownPlaces = 3;

/**
 * Warns of mounted files and build contexts that address a sibling by its name. They are in images or go there, so that
 * nothing is rewritten in them.
 */
export function fileHosts(context: TaskContext): void {
  if (context.options.rewriteHosts === false || context.containers.length < 2) return;
  const { files, isComplete } = containerFiles(context);
  for (const one of files) {
    const names = siblingNames(one.container, context);
    const mentions = hostMentions(one.file.text, new Set(names.keys())).filter((mention) => !isDefault(mention, one));
    for (const [index, mention] of mentions.slice(0, shownPlaces).entries()) {
      const service = names.get(mention.host) ?? mention.host;
      const more = index === shownPlaces - 1 ? mentions.length - shownPlaces : 0;
      const text = one.file.text.slice(mention.start, mention.end);
      const words = { text, service, more, variable: springVariable(one.file, mention) };
      const source = { file: one.file, start: mention.start, end: mention.end };
      context.report(diagnostic('transform/host-in-file', words, source, [one.way]));
    }
    reportTakenPorts(one, mentions, names, context);
  }
  if (!isComplete) context.report(diagnostic('transform/files-unread', { files: files.length }));
}

/** Whether the mention stands behind a variable that the container has, as in `process.env.DB_URL ?? 'mysql://db'`. */
function isDefault({ start }: HostMention, { file, container }: ContainerFile): boolean {
  const { fields } = container;
  const variables = [...(fields.get('environment') ?? []), ...(fields.get('secrets') ?? [])].map(({ name }) => name);
  const { line, column } = file.position(start);
  const words = new Set(
    file
      .line(line)
      .slice(0, column - 1)
      .split(/\W+/),
  );
  return variables.some((variable) => words.has(variable));
}

/** A port on which a file expects one service, and which another one publishes: only one of them can have it. */
function reportTakenPorts(
  { file, way }: ContainerFile,
  mentions: readonly HostMention[],
  names: ReadonlyMap<string, string>,
  { containers, published, report }: TaskContext,
): void {
  const reported = new Set<string>();
  for (const { start, end, host, port } of mentions) {
    const expected = containers.find(({ service }) => service.name === names.get(host));
    const listeners = published.filter(({ containerPort, protocol }) => containerPort === port && protocol === 'tcp');
    const [other] = listeners;
    if (port === undefined || other === undefined || expected === undefined) continue;
    if (listeners.some(({ containerName }) => containerName === expected.name)) continue;
    const key = `${expected.name}:${port}`;
    if (reported.has(key)) continue;
    reported.add(key);
    const words = { service: expected.service.name, port, other: other.containerName };
    const related = [{ message: `port ${port} of service "${other.containerName}"`, source: other.source }, way];
    report(diagnostic('transform/port-taken', words, { file, start, end }, related));
  }
}

/** The variable that overrides a line of Spring's `application.properties` (Spring Boot reference, Externalized Configuration). */
function springVariable(file: SourceFile, { start }: HostMention): string | undefined {
  if (!/(?:^|\/)application[\w-]*\.properties$/.test(file.path)) return undefined;
  const key = /^\s*([\w.-]+)\s*[=:]/.exec(file.line(file.position(start).line))?.[1];
  return key?.replace(/-/g, '').replace(/\./g, '_').toUpperCase();
}
