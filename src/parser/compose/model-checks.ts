import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { booleanOf, child, type Node, stringOf } from '../../source/node.ts';
import { suggest } from '../../source/suggest.ts';
import { type Path, type PathTable, pathTable, pathText, visit } from './path.ts';
import { isIpAddress } from './ports.ts';
import { subjectOf } from './schema.ts';

/** Reports attributes of one resource that contradict each other, or that one of them needs. */
export function checkModel(root: Node, report: Report): void {
  visit(root, modelChecks(report));
}

type Check = (node: Node, path: Path) => void;

function isExternal(node: Node): boolean {
  const external = child(node, 'external');
  return external?.kind === 'mapping' || booleanOf(external) === true;
}

function modelChecks(report: Report): PathTable<Check> {
  const externalAlone: Check = (node, path) => {
    if (node.kind !== 'mapping' || !isExternal(node)) return;
    for (const [key, entry] of node.entries) {
      if (key === 'external' || key === 'name' || key.startsWith('x-')) continue;
      report(diagnostic('compose/external-attribute', { path: pathText(path), key }, entry.key));
    }
  };
  const oneOf =
    (keys: readonly string[], ...instead: readonly string[]): Check =>
    (node, path) => {
      if (node.kind !== 'mapping') return;
      const given = keys.flatMap((key) => node.entries.get(key)?.key ?? []);
      const [first, second] = given;
      const wanted = { path: pathText(path), keys: keys.join(', ') };
      if (first !== undefined && second !== undefined) {
        report(diagnostic('compose/exclusive', wanted, second, [{ message: 'the other one', source: first }]));
      } else if (first === undefined && !isExternal(node) && !instead.some((key) => node.entries.has(key))) {
        report(diagnostic('compose/one-needed', wanted, node.source));
      }
    };
  const hostIp: Check = (node, path) => {
    const text = stringOf(node);
    if (text === undefined || isIpAddress(text)) return;
    report(diagnostic('compose/not-an-address', { path: pathText(path), text }, node.source, node.related));
  };
  const deviceRequest: Check = (node, path) => {
    const count = node.kind === 'mapping' ? node.entries.get('count') : undefined;
    const ids = node.kind === 'mapping' ? node.entries.get('device_ids') : undefined;
    if (count === undefined || ids === undefined) return;
    const both = { path: pathText(path), keys: 'count, device_ids' };
    report(diagnostic('compose/exclusive', both, ids.key, [{ message: 'the other one', source: count.key }]));
  };
  const notBlank: Check = (node, path) => {
    if (stringOf(node) === '') report(diagnostic('compose/blank', { path: pathText(path) }, node.source, node.related));
  };
  /** What a mapping that makes sense only with this key must have; a list's short forms always do. */
  const needs =
    (key: string): Check =>
    (node, path) => {
      // A misspelt key is one mistake, not two.
      if (node.kind !== 'mapping' || node.entries.has(key) || suggest(key, node.entries.keys())) return;
      report(diagnostic('compose/missing-key', { subject: subjectOf(path), key }, node.source, node.related));
    };
  const mount: Check = (node, path) => {
    needs('target')(node, path);
    if (stringOf(child(node, 'type')) === 'bind') needs('source')(node, path);
  };
  return pathTable<Check>({
    'configs.*': oneOf(['file', 'environment', 'content'], 'driver'),
    'secrets.*': oneOf(['file', 'environment']),
    'services.*.build.secrets.*': needs('source'),
    'services.*.configs.*': needs('source'),
    'services.*.deploy.resources.reservations.devices.*': deviceRequest,
    'services.*.develop.watch.*.path': notBlank,
    'services.*.devices.*': needs('target'),
    'services.*.gpus.*': deviceRequest,
    'services.*.ports.*': needs('target'),
    'services.*.ports.*.host_ip': hostIp,
    'services.*.secrets.*': needs('source'),
    'services.*.volumes.*': mount,
    'volumes.*': externalAlone,
  });
}
