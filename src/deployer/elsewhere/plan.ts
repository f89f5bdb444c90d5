import type { Operation } from '../operation.ts';
import type { Leftover } from '../purge/leftover.ts';
import type { UseElsewhere } from './observe.ts';

/** What removes that which a project has once in a region, whichever clusters it runs in. */
const sharedKinds: readonly Operation['kind'][] = [
  'delete-role',
  'delete-log-group',
  'delete-repository',
  'delete-secret',
  'delete-revisions',
];

/** Whether an operation removes what tasks of the project in another cluster may need. */
export function isShared({ kind }: Operation): boolean {
  return sharedKinds.includes(kind);
}

/** What removes the things around tasks, as far as nobody elsewhere needs them, and what stays for those who do. */
interface Spared {
  readonly operations: readonly Operation[];
  readonly leftovers: readonly Leftover[];
}

/** Leaves out of a removal the roles that are in use elsewhere, or may be. */
export function spareRoles(operations: readonly Operation[], uses: readonly UseElsewhere[], region: string): Spared {
  if (uses.length === 0) return { operations, leftovers: [] };
  return {
    operations: operations.filter(({ kind }) => kind !== 'delete-role'),
    leftovers: operations.flatMap((operation) =>
      operation.kind === 'delete-role'
        ? [{ kind: 'role', name: operation.role, region, why: 'used-elsewhere', uses } as const]
        : [],
    ),
  };
}
