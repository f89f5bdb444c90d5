import type { Json } from '../parser/compose/plain.ts';

/** What may change without a container having to be made anew; Docker Compose leaves the same out of its hash. */
const leftOut: ReadonlySet<string> = new Set([
  'build',
  'depends_on',
  'deploy.replicas',
  'profiles',
  'pull_policy',
  'scale',
]);

/** A hash of a normalised service, in 64 hexadecimal digits; the order of its keys does not count. */
export async function serviceHash(service: Json): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(sorted(service, '')));
  // Web Crypto, since node:crypto would be loaded by every command.
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function sorted(value: Json, path: string): Json {
  if (Array.isArray(value)) return value.map((item) => sorted(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .map(([key, member]) => [key, path === '' ? key : `${path}.${key}`, member] as const)
    .filter(([, at]) => !leftOut.has(at))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([key, at, member]) => [key, sorted(member, at)]));
}
