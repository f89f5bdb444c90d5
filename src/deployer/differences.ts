import { memberPath } from '../fargate/member-path.ts';
import type { TaskDefinition } from '../fargate/task-definition.ts';
import { type Json, normalForm } from './normal-form.ts';

/** A member of a definition that another one has otherwise. */
export interface Change {
  /** Items of lists are named where they have a name: `containerDefinitions[web].image`. */
  readonly path: string;
  /** Absent where the member is new. */
  readonly before?: Json;
  /** Absent where the member is gone. */
  readonly after?: Json;
  /** The path by numbers, in the definition as it is after the change, to which the member's origin belongs. */
  readonly place: string;
}

/**
 * What changes from one definition to another, but for what ECS takes for the same. A member that one of them lacks
 * stands for all below it.
 */
export function differences(before: TaskDefinition, after: TaskDefinition): readonly Change[] {
  return differ({ path: '', place: '', before: normalForm(before), after: normalForm(after), written: after });
}

/** A part of both definitions. `written` is the later one as it was before it was brought into its normal form. */
interface Pair {
  readonly path: string;
  readonly place: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly written: unknown;
}

function differ({ path, place, before, after, written }: Pair): readonly Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const change = {
    path,
    place,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  const [one, other] = [parts(before), parts(after)];
  if (one === undefined || other === undefined) return [change];
  const names = new Set([...one.keys(), ...other.keys()]);
  const below = [...names].flatMap((name) =>
    differ({
      path: join(path, name),
      before: one.get(name),
      after: other.get(name),
      ...partWritten(written, name, place),
    }),
  );
  // Only the order of a list's items differs.
  return below.length === 0 ? [change] : below;
}

/** The members of a mapping, and the items of a list as `[name]` or `[index]`; undefined for what has no parts. */
function parts(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((item: Json, index) => [`[${nameOf(item) ?? index}]`, item]));
}

/** The part of a name, and its place; the place of the whole where the part is not there. */
function partWritten(whole: unknown, name: string, place: string): Pick<Pair, 'written' | 'place'> {
  const nowhere = { written: undefined, place };
  if (typeof whole !== 'object' || whole === null) return nowhere;
  if (!Array.isArray(whole)) {
    const written = (whole as Readonly<Record<string, unknown>>)[name];
    return written === undefined ? nowhere : { written, place: memberPath(place, name) };
  }
  const index = whole.findIndex((item, at) => `[${nameOf(item) ?? at}]` === name);
  return index < 0 ? nowhere : { written: whole[index], place: `${place}[${index}]` };
}

/** What tells the items of a list of a definition apart. */
function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { name, containerName, sourceVolume, key } = item as Readonly<Record<string, unknown>>;
  const found = name ?? containerName ?? sourceVolume ?? key;
  return typeof found === 'string' ? found : undefined;
}

function join(path: string, name: string): string {
  return name.startsWith('[') ? `${path}${name}` : memberPath(path, name);
}
