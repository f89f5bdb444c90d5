import { createHash } from 'node:crypto';
import { partitionOf } from '../fargate/partition.ts';

/** The one account that the simulator plays. */
export const ACCOUNT_ID = '123456789012';

/** The user whom every call comes from, whatever its credentials. */
export const CALLER: string = `arn:aws:iam::${ACCOUNT_ID}:user/simulated`;

/** The ARN of a resource of the simulated account; the region is empty for what belongs to no region, such as a role. */
export function arn(service: string, region: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${ACCOUNT_ID}:${resource}`;
}

/** The last part of an ARN's path, and of a plain name the name itself. */
export function nameIn(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf('/') + 1);
}

/** `length` hexadecimal digits that follow from `seed`, so that replaying the same calls gives the same identifiers. */
export function hexadecimal(length: number, seed: string): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

/** A number from 0 up to, not including, `limit` that follows from `seed`. */
export function numberBelow(limit: number, seed: string): number {
  return Number.parseInt(hexadecimal(8, seed), 16) % limit;
}
