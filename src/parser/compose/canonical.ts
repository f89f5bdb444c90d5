import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { mapItems, mapValues, record, scalar, sequence, withoutKey, withValue } from '../../source/build.ts';
import { booleanOf, child, type Node, type ScalarNode, stringOf } from '../../source/node.ts';
import { hostItems } from './extra-hosts.ts';
import { byName, dependency, nothing } from './name-lists.ts';
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

const toList: Rewrite = ofString((node) => sequence([node], node));

const dependencies: Rewrite = (node) => {
  const named = byName(node, dependency);
  if (named.kind !== 'mapping') return named;
  return mapValues(named, (value) =>
    value.kind === 'mapping' && !value.entries.has('required')
      ? withValue(value, 'required', scalar(true, { ...value, rule: 'required unless said otherwise' }))
      : value,
  );
};

const named: Rewrite = (node) => byName(node, nothing);

const environmentFiles: Rewrite = (node) => {
  const files = toList(node, []);
  if (files?.kind !== 'sequence') return node;
  return mapItems(files, (item) => {
    const required = scalar(true, { ...item, rule: 'required unless said otherwise' });
    if (stringOf(item) !== undefined) return record({ path: item, required }, item);
    return item.kind === 'mapping' && !item.entries.has('required') ? withValue(item, 'required', required) : item;
  });
};

const mountedFile: Rewrite = ofString((node) => record({ source: node }, node));

/** `source[:target[:permissions]]` */
function device(report: Report): Rewrite {
  return ofString((node) => {
    const [source = '', target = '', permissions = 'rwm', ...more] = String(node.value).split(':');
    if (more.length > 0) {
      report(diagnostic('compose/device-syntax', { text: String(node.value) }, node.source, node.related));
      return node;
    }
    return record(
      { source: scalar(source, node), target: scalar(target || source, node), permissions: scalar(permissions, node) },
      node,
    );
  });
}

const gpus: Rewrite = ofString((node) =>
  sequence([record({ count: scalar(-1, { ...node, rule: 'all devices' }) }, node)], node),
);

const healthcheckTest: Rewrite = ofString((node) =>
  sequence([scalar('CMD-SHELL', { ...node, rule: 'short form' }), node], node),
);

/** `external: {name: x}` says what `external: true` and `name: x` do. */
function external(report: Report): Rewrite {
  return (node, path) => {
    const written = child(node, 'external');
    if (node.kind !== 'mapping') return node;
    if (written?.kind !== 'mapping') {
      return booleanOf(written) === false ? withoutKey(node, 'external') : node;
    }
    const inner = child(written, 'name');
    const outer = child(node, 'name');
    if (inner !== undefined && outer !== undefined && stringOf(inner) !== stringOf(outer)) {
      report(
        diagnostic('compose/external-name', { path: pathText(path) }, inner.source, [
          { message: 'the other name', source: outer.source },
        ]),
      );
    }
    const flagged = withValue(node, 'external', scalar(true, written));
    return inner === undefined || outer !== undefined ? flagged : withValue(flagged, 'name', inner);
  };
}

const hosts: Rewrite = (node) => {
  const items = node.kind === 'mapping' ? hostItems(node) : undefined;
  return items === undefined ? node : sequence(items, node);
};

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
  return pathTable<Rewrite>({
    'services.*.build': ofString((node) => record({ context: node }, node)),
    'services.*.build.extra_hosts': hosts,
    'services.*.build.no_cache_filter': toList,
    'services.*.build.secrets.*': mountedFile,
    'services.*.configs.*': mountedFile,
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
    'services.*.models': named,
    'services.*.networks': named,
    'services.*.ports': (node) => longPorts(node, report),
    'services.*.secrets.*': mountedFile,
    'services.*.tmpfs': toList,
    'services.*.volumes.*': ofString((node) => longVolume(node, report)),
    'configs.*': external(report),
    'networks.*': external(report),
    'secrets.*': external(report),
    'volumes.*': external(report),
  });
}
