import { isAbsolute } from 'pathe';
import { mapValues, readBy, withValue } from '../../source/build.ts';
import { child, type Node, stringOf } from '../../source/node.ts';
import { keyValueMapping } from './key-values.ts';
import { type PathTable, pathTable, type Rewrite, rewrite } from './path.ts';
import { isRemote } from './remote.ts';

/**
 * The tree with the paths of files made absolute.
 * @param directory where relative ones start
 * @param home what `~` stands for
 */
export function absolutePaths(root: Node, directory: string, home: string | undefined): Node {
  return rewrite(root, pathRewrites(directory, home)) ?? root;
}

function pathRewrites(directory: string, home: string | undefined): PathTable<Rewrite> {
  const absolute = (path: string) => {
    // As in Docker Compose, `~user` is a directory in the home directory, not the user's.
    const expanded = home !== undefined && path.startsWith('~') ? cleanPath(`${home}/${path.slice(1)}`) : path;
    return isAnyAbsolute(expanded) ? expanded : cleanPath(`${directory}/${expanded}`);
  };
  const file = ofText(absolute);
  const isPath = (text: string) => text !== '' && !isRemote(text) && !namesOther.test(text);
  const context = ofText((text) => (isPath(text) ? absolute(text) : text));
  return pathTable<Rewrite>({
    'services.*.build.additional_contexts': additionalContexts(context),
    'services.*.build.context': context,
    'services.*.develop.watch.*.path': file,
    'services.*.env_file.*.path': file,
    'services.*.extends.file': file,
    'services.*.label_file.*': file,
    'services.*.volumes.*': bindSource(file),
    'configs.*.file': file,
    'secrets.*.file': file,
    'volumes.*': boundDevice(file),
  });
}

function ofText(change: (text: string) => string): Rewrite {
  return (node) => {
    const text = stringOf(node);
    return node.kind !== 'scalar' || text === undefined ? node : readBy('path made absolute', node, change(text));
  };
}

/** A build context that is another service, stage or image. */
const namesOther = /^(service|target|docker-image|oci-layout):/;

/** Absolute on Linux or on Windows, whichever this machine is. */
function isAnyAbsolute(path: string): boolean {
  return isAbsolute(path) || /^[a-zA-Z]:[\\/]/.test(path) || path.startsWith('\\\\');
}

/** Contexts by name, or as `name=context`. */
function additionalContexts(context: Rewrite): Rewrite {
  return (node, path) => {
    const named = node.kind === 'sequence' ? keyValueMapping(node) : node;
    return named.kind === 'mapping' ? mapValues(named, (value) => context(value, path)) : named;
  };
}

function bindSource(file: Rewrite): Rewrite {
  return (node, path) => {
    const source = child(node, 'source');
    const isBind = stringOf(child(node, 'type')) === 'bind';
    if (node.kind !== 'mapping' || source === undefined || !isBind) return node;
    return withValue(node, 'source', file(source, path) ?? source);
  };
}

/** A path without `.`, `..`, empty parts and a slash at its end; nothing is above the root. */
export function cleanPath(path: string): string {
  const isRooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isRooted) parts.push(part);
  }
  const clean = parts.join('/');
  return isRooted ? `/${clean}` : clean || '.';
}

/** A volume of the local driver that binds a directory of the host. */
function boundDevice(file: Rewrite): Rewrite {
  return (node, path) => {
    const options = child(node, 'driver_opts');
    const device = child(options, 'device');
    const isLocal = stringOf(child(node, 'driver')) === 'local' && stringOf(child(options, 'o')) === 'bind';
    if (node.kind !== 'mapping' || options?.kind !== 'mapping' || device === undefined || !isLocal) return node;
    const absolute = file(device, path);
    return absolute === undefined ? node : withValue(node, 'driver_opts', withValue(options, 'device', absolute));
  };
}
