import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { treeCost } from '../../source/allowance.ts';
import { withoutKey } from '../../source/build.ts';
import { limits } from '../../source/limits.ts';
import type { MappingNode, Node } from '../../source/node.ts';
import type { Source } from '../../source/source.ts';
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
  const { report, directory, home, variables, included } = loading;
  let model: Node | undefined;
  for (const { path, source } of files) {
    const reading = { ...loading, included: [...loading.included, path] };
    for (const document of readDocuments(path, reading, source)) {
      const place = source ?? document.source;
      if (!canAfford(documentCost, loading, place)) return undefined;
      // What is included first, for it may hold what is extended.
      const whole = applyExtends(applyIncludes(document, reading, loadModel), path, reading);
      const merged = model === undefined ? whole : merge(model, whole, report);
      if (!canAfford(treeCost(merged), loading, place)) return undefined;
      const unique = enforceUniqueness(withoutDirectives(merged));
      checkSchema(unique, report);
      model = enforceUniqueness(canonical(withoutVersion(unique), report));
    }
  }
  if (model === undefined) return undefined;
  const complete = withDefaults(model);
  checkModel(complete, report);
  const placed = absolutePaths(complete, directory, home);
  // To a model that nothing includes, the variables of the project are its own.
  const own = included.length === 0 ? placed : withListedVariables(placed, variables);
  return readValues(own, report) as MappingNode;
}

/** What a document costs, in nodes, before any is counted: a file is found and read, a model checked. */
const documentCost = 1_000;

function canAfford(cost: number, { nodes, report }: Loading, source: Source): boolean {
  return nodes.spend(cost, () => report(diagnostic('compose/too-large', { limit: limits.projectNodes }, source)));
}

/** `version` meant something once. Docker Compose ignores it. */
function withoutVersion(root: Node): Node {
  return root.kind === 'mapping' ? withoutKey(root, 'version') : root;
}
