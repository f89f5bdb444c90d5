import { withoutKey } from '../../source/build.ts';
import type { MappingNode, Node } from '../../source/node.ts';
import { canonical } from './canonical.ts';
import { withDefaults } from './defaults.ts';
import { readDocuments } from './documents.ts';
import { applyExtends } from './extends.ts';
import { applyIncludes } from './include.ts';
import type { Loading, NamedFile } from './loading.ts';
import { merge, withoutDirectives } from './merge.ts';
import { checkModel } from './model-checks.ts';
import { absolutePaths } from './paths.ts';
import { withListedVariables } from './project-variables.ts';
import { checkSchema } from './schema.ts';
import { enforceUniqueness } from './uniqueness.ts';
import { readValues } from './values.ts';

/**
 * The model of some Compose files, each overriding those before it: merged, in the long form, with values read,
 * defaults set and paths absolute. Undefined where no file could be read.
 */
export function loadModel(files: readonly NamedFile[], loading: Loading): MappingNode | undefined {
  const { report, directory, home, variables } = loading;
  let model: Node | undefined;
  for (const { path, source } of files) {
    const reading = { ...loading, included: [...loading.included, path] };
    for (const document of readDocuments(path, reading, source)) {
      // What is included first, for it may hold what is extended.
      const whole = applyExtends(applyIncludes(document, reading, loadModel), path, reading);
      const merged = model === undefined ? whole : merge(model, whole, report);
      const unique = enforceUniqueness(withoutDirectives(merged));
      checkSchema(unique, report);
      model = enforceUniqueness(canonical(withoutVersion(unique), report));
    }
  }
  if (model === undefined) return undefined;
  const complete = withDefaults(model);
  checkModel(complete, report);
  const placed = absolutePaths(complete, directory, home);
  return readValues(withListedVariables(placed, variables), report) as MappingNode;
}

/** `version` meant something once. Docker Compose ignores it. */
function withoutVersion(root: Node): Node {
  return root.kind === 'mapping' ? withoutKey(root, 'version') : root;
}
