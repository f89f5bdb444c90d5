import { resolve } from 'pathe';
import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../host.ts';
import { type Node, stringOf } from '../../source/node.ts';

/** Whether a text is a URL or a Git address, from which Docker Compose would fetch what it names. */
export function isRemote(text: string): boolean {
  return text.includes('://') || /^(github\.com\/|git@)/.test(text);
}

/**
 * Whether a file would have to be fetched, which is reported. One that stands here under that very name is read.
 * @param name the file as it was named: a node of a file, or an option's text
 * @param directory where relative paths start
 */
export function reportRemote(name: Node | string, directory: string, host: Host, report: Report): boolean {
  const address = typeof name === 'string' ? name : (stringOf(name) ?? '');
  if (!isRemote(address) || host.kind(resolve(directory, address)) !== 'missing') return false;
  const [source, related] = typeof name === 'string' ? [] : [name.source, name.related];
  report(diagnostic('compose/remote-file', { address }, source, related));
  return true;
}
