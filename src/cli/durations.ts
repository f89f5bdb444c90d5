import { UsageError } from './command.ts';

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `90s` or `1h30m`; a bare number is wrong usage, since it could mean anything. */
export function parseDuration(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text))
    throw new UsageError(`"${text}" has no unit. Write ${text}s for seconds or ${text}m for minutes.`);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new UsageError(`"${text}" is no duration. Write one like 30s, 10m or 1h30m.`);
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (milliseconds[unit as string] as number), 0);
}

/** A moment, as somebody says it: so many milliseconds ago, or at a time in milliseconds since 1970. */
export type Moment = { readonly ago: number } | { readonly at: number };

/** A moment from a duration such as `10m`, or from a time such as `2026-08-01T12:00:00Z` (RFC 3339). */
export function parseMoment(text: string): Moment {
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return { ago: parseDuration(text) };
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError(`"${text}" is no time. Write one like 2026-08-01T12:00:00Z, or like 10m.`);
  return { at };
}

/** A whole number of at least 1. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`"${text}" is no count. Write a whole number from 1 on.`);
  return Number(text);
}

/** A whole number of at least 0. */
export function parseAmount(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is no amount. Write a whole number from 0 on.`);
  return Number(text);
}
