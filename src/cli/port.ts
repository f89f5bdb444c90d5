import { UsageError } from './command.ts';

/** A port, 1 to 65535. */
export function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw new UsageError(`"${text}" is no port. Write a number from 1 to 65535.`);
  return port;
}
