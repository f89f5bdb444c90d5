import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { Allowance } from '../../source/allowance.ts';
import {
  madeBy,
  mapItems,
  mapping,
  mapValues,
  partsOf,
  record,
  scalar,
  sequence,
  withoutKey,
  withValue,
} from '../../source/build.ts';
import { limits } from '../../source/limits.ts';
import { booleanOf, child, type Node, type ScalarNode, stringOf } from '../../source/node.ts';
import type { Rule } from '../../source/rule.ts';
import { hostList } from './extra-hosts.ts';
import { byName, dependency, model, type NameForm, network } from './name-lists.ts';
import { type PathTable, pathTable, pathText, type Rewrite, rewrite } from './path.ts';
import { longPorts } from './ports.ts';
import { longVolume } from './volumes.ts';

/** The tree with every short form written out as the long one. */
export function canonical(root: Node, report: Report): Node {
  return rewrite(root, canonicalForms(report)) ?? root;
}

/** Applies a change to strings only. */
function ofString(change: (node: ScalarNode) => Node): Rewrite {
  return (node) => (node.kind === 'scalar' && typeof node.value === 'string' ? change(node) : node);
}

const toList: Rewrite = ofString((node) => sequence([node], madeBy('list of one', node)));

const dependencies: Rewrite = (node) => {
  const named = byName(node, dependency);
  if (named.kind !== 'mapping') return named;
  return mapValues(named, (value) =>
    value.kind === 'mapping' && !value.entries.has('required')
      ? withValue(value, 'required', scalar(true, madeBy('default required of depends_on', value)))
      : value,
  );
};

const named =
  (form: NameForm): Rewrite =>
  (node) =>
    byName(node, form);

const environmentFiles: Rewrite = (node) => {
  const files = toList(node, []);
  if (files?.kind !== 'sequence') return node;
  return mapItems(files, (item) => {
    const required = scalar(true, madeBy('default required of env_file', item));
    if (stringOf(item) !== undefined) return record({ path: item, required }, madeBy('short form of env_file', item));
    return item.kind === 'mapping' && !item.entries.has('required') ? withValue(item, 'required', required) : item;
  });
};

/** A mapping with one of its attributes, where the short form says no more. */
const longForm = (key: string, rule: Rule): Rewrite => ofString((node) => record({ [key]: node }, madeBy(rule, node)));

/** `source[:target[:permissions]]` */
function device(report: Report): Rewrite {
  return ofString((node) => {
    const [source = '', target, permissions, ...more] = String(node.value).split(':');
    if (more.length > 0) {
      report(diagnostic('compose/device-syntax', { text: String(node.value) }, node.source, node.related));
      return node;
    }
    const shortForm = madeBy('short form of devices', node);
    const places = partsOf(node.source, [source, target ?? '', permissions ?? '']);
    const part = (value: string | undefined, index: number) =>
      value === undefined ? undefined : scalar(value, { ...shortForm, source: places[index] ?? node.source });
    return record(
      {
        source: part(source, 0),
        target: part(target || undefined, 1) ?? scalar(source, madeBy('default target of devices', node)),
        permissions: part(permissions, 2) ?? scalar('rwm', madeBy('default permissions of devices', node)),
      },
      shortForm,
    );
  });
}

const gpus: Rewrite = ofString((node) =>
  sequence(
    [record({ count: scalar(-1, madeBy('all devices', node)) }, madeBy('short form of gpus', node))],
    madeBy('short form of gpus', node),
  ),
);

const testForm = 'short form of healthcheck.test';

const healthcheckTest: Rewrite = ofString((node) =>
  sequence([scalar('CMD-SHELL', madeBy(testForm, node)), node], madeBy(testForm, node)),
);

/** `external: {name: x}` says what `external: true` and `name: x` do. */
function external(report: Report): Rewrite {
  return (node, path) => {
    const written = child(node, 'external');
    if (node.kind !== 'mapping') return node;
    if (written?.kind !== 'mapping') {
      return booleanOf(written) === false ? withoutKey(node, 'external') : node;
    }
    const inner = written.entries.get('name');
    const outer = child(node, 'name');
    if (inner !== undefined && outer !== undefined && stringOf(inner.value) !== stringOf(outer)) {
      report(
        diagnostic('compose/external-name', { path: pathText(path) }, inner.value.source, [
          { message: 'the other name', source: outer.source },
        ]),
      );
    }
    const flagged = withValue(node, 'external', scalar(true, madeBy('short form of external', written)));
    if (inner === undefined || outer !== undefined) return flagged;
    return mapping(new Map(flagged.entries).set('name', inner), flagged);
  };
}

const hosts: Rewrite = (node) => (node.kind === 'mapping' ? hostList(node) : node);

/** A watch of several paths is several watches. */
const watches: Rewrite = (node) => {
  if (node.kind !== 'sequence') return node;
  const items = node.items.flatMap((item) => {
    const paths = child(item, 'path');
    return item.kind === 'mapping' && paths?.kind === 'sequence'
      ? paths.items.map((path) => withValue(item, 'path', path))
      : [item];
  });
  return items.length === node.items.length ? node : { ...node, items };
};

function canonicalForms(report: Report): PathTable<Rewrite> {
  const ports = new Allowance(limits.ports);
  return pathTable<Rewrite>({
    'services.*.build': longForm('context', 'short form of build'),
    'services.*.build.extra_hosts': hosts,
    'services.*.build.no_cache_filter': toList,
    'services.*.build.secrets.*': longForm('source', 'short form of secrets'),
    'services.*.configs.*': longForm('source', 'short form of configs'),
    'services.*.depends_on': dependencies,
    'services.*.develop.watch': watches,
    'services.*.develop.watch.*.ignore': toList,
    'services.*.develop.watch.*.include': toList,
    'services.*.devices.*': device(report),
    'services.*.dns': toList,
    'services.*.dns_search': toList,
    'services.*.env_file': environmentFiles,
    'services.*.extra_hosts': hosts,
    'services.*.gpus': gpus,
    'services.*.healthcheck.test': healthcheckTest,
    'services.*.label_file': toList,
    'services.*.models': named(model),
    'services.*.networks': named(network),
    'services.*.ports': (node) => longPorts(node, ports, report),
    'services.*.secrets.*': longForm('source', 'short form of secrets'),
    'services.*.tmpfs': toList,
    'services.*.volumes.*': ofString((node) => longVolume(node, report)),
    'configs.*': external(report),
    'networks.*': external(report),
    'secrets.*': external(report),
    'volumes.*': external(report),
  });
}
