import { madeBy, mapItems, mapValues, scalar } from '../../source/build.ts';
import { isNull, type Node, stringOf } from '../../source/node.ts';
import type { Related } from '../../source/source.ts';
import { type PathTable, pathTable, type Rewrite, rewrite } from './path.ts';
import type { Variable, Variables } from './variables.ts';

/**
 * The model with the names without a value in lists of variables given the value that they have among its own. An
 * included model's are its own; in a mapping, such a name waits for the variables of the whole project.
 */
export function withListedVariables(root: Node, variables: Variables): Node {
  const take: Rewrite = (node) =>
    node.kind !== 'sequence'
      ? node
      : mapItems(node, (item) => {
          const name = stringOf(item);
          const variable = name === undefined ? undefined : variables.get(name);
          if (name === undefined || variable === undefined) return item;
          return {
            ...scalar(`${name}=${variable.value}`, madeBy('variable of the project', item)),
            related: placesOf(name, variable),
          };
        });
  return rewrite(root, pathTable({ 'services.*.environment': take })) ?? root;
}

/** The model with variables that have no value given the project's; arguments of a build without one are left out. */
export function withProjectVariables(root: Node, variables: Variables): Node {
  return rewrite(root, valueTakers(variables)) ?? root;
}

function valueTakers(variables: Variables): PathTable<Rewrite> {
  const takeOr =
    (otherwise: (value: Node) => Node | undefined): Rewrite =>
    (node) =>
      node.kind !== 'mapping'
        ? node
        : mapValues(node, (value, key) => {
            if (!isNull(value)) return value;
            const variable = variables.get(key);
            return variable === undefined
              ? otherwise(value)
              : {
                  ...scalar(variable.value, madeBy('variable of the project', value)),
                  related: placesOf(key, variable),
                };
          });
  return pathTable({
    'services.*.environment': takeOr((value) => value),
    'services.*.build.args': takeOr(() => undefined),
    'services.*.pre_start.*.environment': takeOr((value) => value),
  });
}

function placesOf(name: string, { source }: Variable): readonly Related[] {
  return source === undefined ? [] : [{ message: `${name} is set here`, source }];
}
