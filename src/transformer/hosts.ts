import { diagnostic } from '../diagnostics/diagnostic.ts';
import { child, entriesOf, itemsOf, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { ContainerContext, TaskContext } from './context.ts';
import { extraHostsOf, hostsOfTheTask } from './extra-hosts.ts';
import { hostMentions } from './host-mentions.ts';
import { type Rewritten, rewriteShell, rewriteValue, suspectedName } from './sibling-names.ts';

/** What is being rewritten, for the finding: `DB_HOST of service "web"`, and where it stands. */
interface Occasion {
  readonly container: ContainerContext;
  readonly context: TaskContext;
  readonly what: string;
  readonly source: Source;
}

/** A value after rewriting, and the rule for its origin where it changed. */
interface Outcome<T> {
  readonly value: T;
  readonly rule?: string;
}

/** The value of an environment variable with the names of siblings rewritten; each rewrite is reported. */
export function rewriteVariable(name: string, value: string, occasion: Occasion): Outcome<string> {
  const names = namesFor(occasion);
  const rewritten = rewriteValue(name, value, names);
  const host =
    (rewritten.changes.length === 0 ? suspectedName(name, value, names) : undefined) ?? settingIn(rewritten, names);
  if (host !== undefined) {
    occasion.context.report(diagnostic('transform/host-suspected', { what: occasion.what, host }, occasion.source));
  }
  return outcome(rewritten.text, [rewritten], occasion);
}

/** The sibling that settings in the value still name as a host; what has a port was rewritten, or is an image. */
function settingIn({ text }: Rewritten, names: ReadonlySet<string>): string | undefined {
  return hostMentions(text, names).find(({ port }) => port === undefined)?.host;
}

/** The words of a command; the line behind `sh -c` is read as a shell would, another word as the value of its flag. */
export function rewriteWords(words: readonly string[], occasion: Occasion): Outcome<string[]> {
  const names = namesFor(occasion);
  let program: string | undefined;
  const rewritten = words.map((word, index) => {
    const meaning = meaningOf(words[index - 1] ?? '', program);
    if (!word.startsWith('-')) program = word;
    if (/\s/.test(word)) return rewriteShell(word, names);
    const flag = /^--?([\w.-]+)=(.*)$/s.exec(word);
    if (flag !== null) {
      const [, name = '', value = ''] = flag;
      const result = rewriteValue(name, value, names);
      return { ...result, text: word.slice(0, word.length - value.length) + result.text };
    }
    return rewriteValue(meaning, word, names);
  });
  return outcome(
    rewritten.map(({ text }) => text),
    rewritten,
    occasion,
  );
}

/**
 * What a word of a command is by the word before it: the name of the flag whose value it may be.
 * @param program the last word before it that is no flag
 */
function meaningOf(before: string, program: string | undefined): string {
  if (before === '-h' || (program !== undefined && /(?:^|\/)(?:nc|netcat)$/.test(program))) return 'host';
  return before.startsWith('-') ? before.replace(/^-+/, '') : '';
}

function outcome<T>(value: T, rewritten: readonly Rewritten[], occasion: Occasion): Outcome<T> {
  for (const { text } of rewritten) reportHostMachine(text, occasion);
  const { context, what, source } = occasion;
  const changes = rewritten.flatMap((one) => one.changes);
  if (changes.length === 0) return { value };
  const hosts = [...new Set(changes.map(({ before, after }) => `${before} became ${after}`))].join(', ');
  context.report(diagnostic('transform/host-rewritten', { what, hosts }, source));
  reportCollisions(changes, what, source, context);
  return { value, rule: `${hosts}: the containers of a task share one network` };
}

/** What Docker Desktop calls the machine that it runs on (Docker's manual, "Explore networking features"). */
const hostMachine = /(?<![\w.-])(?:host|gateway)\.docker\.internal(?![\w.-])/;

/** A name for the machine beneath the containers; where `extra_hosts` gives it, that is refused already. */
function reportHostMachine(text: string, { container, context, what, source }: Occasion): void {
  const host = hostMachine.exec(text)?.[0];
  if (host === undefined || extraHostsOf(container).some((extra) => extra.host === host)) return;
  context.report(diagnostic('transform/host-machine', { what, host }, source));
}

/** Different hosts of one value that are one address now: two members of a replica set, say. */
function reportCollisions(changes: Rewritten['changes'], what: string, source: Source, { report }: TaskContext): void {
  const addresses = new Set(changes.map(({ after }) => after).filter((after) => after.includes(':')));
  for (const address of addresses) {
    const hosts = new Set(changes.filter(({ after }) => after === address).map(({ before }) => before));
    if (hosts.size > 1) {
      report(diagnostic('transform/hosts-collide', { what, hosts: [...hosts].join(', '), address }, source));
    }
  }
}

/** By what names a container may address itself and its siblings; none where the user wants no rewriting. */
function namesFor({ container, context }: Occasion): ReadonlySet<string> {
  return new Set(siblingNames(container, context).keys());
}

/**
 * The names by which a container may address itself and its siblings, each with the service that it means; none where
 * the user wants no rewriting.
 */
export function siblingNames(container: ContainerContext, context: TaskContext): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (context.options.rewriteHosts === false) return names;
  for (const { service } of context.containers) {
    const add = (name: string | undefined) => names.set(name ?? '', service.name);
    add(service.name);
    add(stringOf(child(service.node, 'container_name')));
    for (const [, { value: network }] of entriesOf(child(service.node, 'networks'))) {
      for (const alias of itemsOf(child(network, 'aliases'))) add(stringOf(alias));
      add(stringOf(child(network, 'ipv4_address')));
    }
  }
  for (const link of itemsOf(child(container.service.node, 'links'))) {
    const [service = '', alias = service] = (stringOf(link) ?? '').split(':');
    names.set(alias, service);
  }
  for (const host of hostsOfTheTask(container, context)) names.set(host, container.service.name);
  names.delete('');
  names.delete('localhost');
  return names;
}
