import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../src/parser/compose/dotenv.ts';
import { interpolate } from '../../src/parser/compose/interpolation.ts';
import type { Variables } from '../../src/parser/compose/variables.ts';
import { scalar } from '../../src/source/build.ts';
import { child, entriesOf, type Node, type ScalarNode, stringOf } from '../../src/source/node.ts';
import { type Related, type Source, SourceFile, samePlace, sourceText } from '../../src/source/source.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import { type FixtureProject, fixtureProjects } from './fixture-projects.ts';
import { claims, type Written } from './rule-claims.ts';

/** Every node below one, with the keys that lead to it. */
function* nodesOf(node: Node, path: readonly string[] = []): Generator<{ node: Node; path: readonly string[] }> {
  yield { node, path };
  for (const [key, { value }] of entriesOf(node)) yield* nodesOf(value, [...path, key]);
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) yield* nodesOf(item, [...path, String(index)]);
  }
}

/** The text at a place, or where that is an alias the text behind its anchor. */
function cutOut({ source, related = [] }: Pick<Node, 'source' | 'related'>): Source {
  const [anchor, ...others] = related as readonly Related[];
  const isAlias = sourceText(source).startsWith('*') && anchor !== undefined;
  return isAlias ? cutOut({ source: anchor.source, related: others }) : source;
}

/** A text read by itself, as far to the right as it stood, since it may go on for several lines. */
function readAlone(source: Source): Node | undefined {
  const { column } = source.file.position(source.start);
  return parseYaml(new SourceFile('cut', ' '.repeat(column - 1) + sourceText(source)), () => {})[0];
}

/** The variables that a node can have been interpolated with: of `.env` files only those of its related lines. */
function variablesOf(node: Node, { environment, project, variables }: FixtureProject): Variables {
  const values = new Map<string, string | undefined>([
    ...Object.entries(environment),
    ['COMPOSE_PROJECT_NAME', project?.name],
  ]);
  for (const { message, source } of node.related ?? []) {
    if (!message.endsWith(' is set here')) continue;
    const line = new SourceFile('line', sourceText(source));
    const read = parseDotenv(
      line,
      (name) => environment[name] ?? variables.get(name)?.value,
      () => {},
    );
    for (const [name, { value }] of read ?? []) if (!values.has(name)) values.set(name, value);
  }
  return new Map([...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, { value }]])));
}

function writtenAt(node: Node, path: readonly string[], fixture: FixtureProject, service: Node | undefined): Written {
  const source = cutOut(node);
  const variables = variablesOf(node, fixture);
  const substituted = (one: Node) => interpolate(one, variables, () => {});
  const alone = readAlone(source);
  return {
    path,
    raw: sourceText(source),
    text: stringOf(substituted(scalar(sourceText(source), { source }))) ?? '',
    node: alone && substituted(alone),
    lookup: (name) =>
      fixture.variables.get(name)?.value ??
      stringOf(child(child(service, 'environment'), name)) ??
      stringOf(child(child(service, 'labels'), name)),
  };
}

/** Whether a scalar says the same as another, which may be a text where a number or a boolean belongs. */
function isSame(node: ScalarNode, written: ScalarNode): boolean {
  if (Object.is(node.value, written.value)) return true;
  if (typeof written.value !== 'string') return false;
  if (node.type === 'bool') return /^(true|y|yes|on)$/i.test(written.value) === node.value;
  return (node.type === 'int' || node.type === 'float') && Number(written.value) === node.value;
}

function isTrue(node: Node, written: Written): boolean {
  if (node.rule !== undefined) return claims[node.rule](node, written);
  if (written.node === undefined) return node.kind === 'scalar' && node.value === null;
  return node.kind === 'scalar' && written.node.kind === 'scalar'
    ? isSame(node, written.node)
    : node.kind === written.node.kind;
}

/** The nodes whose place does not say what they are, in words for the reader of a failure. */
function untrueIn(root: Node | undefined, fixture: FixtureProject): readonly string[] {
  return [...(root === undefined ? [] : nodesOf(root))].flatMap(({ node, path }) => {
    const service = path[0] === 'services' ? child(child(root, 'services'), path[1] ?? '') : undefined;
    const written = writtenAt(node, path, fixture, service);
    const value = node.kind === 'scalar' ? String(node.value) : `a ${node.kind}`;
    return isTrue(node, written) ? [] : [`${path.join('.')}: ${value}, of ${node.rule ?? 'its text'}: ${written.text}`];
  });
}

/** The keys whose place does not say what they are, unless a rule made them with their value. */
function untrueKeysIn(root: Node | undefined): readonly string[] {
  return [...(root === undefined ? [] : nodesOf(root))].flatMap(({ node, path }) =>
    entriesOf(node).flatMap(([name, { key, value }]) => {
      const isMade = (node.rule ?? value.rule) !== undefined && samePlace(key, value.source);
      const isVariable = node.rule !== undefined && sourceText(key).includes('$');
      const isText = [stringOf(readAlone(key)), sourceText(key)].includes(name);
      return isMade || isVariable || isText ? [] : [`${[...path, name].join('.')}: ${sourceText(key)}`];
    }),
  );
}

const fixtures = fixtureProjects();

describe.each(fixtures.filter(({ project }) => project !== undefined))('the project of $name', (fixture) => {
  it('has at the place of every value a text that is it, or that its rule makes it of', () => {
    expect(untrueIn(fixture.project?.root, fixture)).toEqual([]);
  });

  it('has at the place of every key its text', () => {
    expect(untrueKeysIn(fixture.project?.root)).toEqual([]);
  });
});

describe.each(fixtures.filter(({ params }) => params !== undefined))('the ecs-params of $name', (fixture) => {
  it('have at the place of every key and value its text', () => {
    expect(untrueIn(fixture.params?.root, fixture)).toEqual([]);
    expect(untrueKeysIn(fixture.params?.root)).toEqual([]);
  });
});
