const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 24 * 3600e9,
  w: 7 * 24 * 3600e9,
};

/**
 * A duration in nanoseconds, undefined for what is none: Go's syntax (`1h30m`, `1.5s`, `500ms`) with days and weeks.
 * A number needs a unit, unless it is 0.
 */
export function parseDuration(text: string): number | undefined {
  if (/^[-+]?0$/.test(text)) return 0;
  const match = /^([-+]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+)$/.exec(text);
  if (match === null) return undefined;
  let total = 0;
  for (const [, amount, unit] of (match[2] as string).matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)/g)) {
    total += Number(amount) * (nanoseconds[unit as string] as number);
  }
  const fits = total < 2 ** 63;
  return fits ? (match[1] === '-' ? -1 : 1) * Math.round(total) : undefined;
}

/** A duration in seconds of what a project holds (`1m30s`), undefined for what is none. */
export function durationSeconds(text: string | undefined): number | undefined {
  const duration = text === undefined ? undefined : parseDuration(text);
  return duration === undefined ? undefined : duration / 1e9;
}

/** A duration as Go prints it: hours, minutes and seconds from the first that is not 0, or one unit below a second. */
export function durationText(duration: number): string {
  if (duration === 0) return '0s';
  const sign = duration < 0 ? '-' : '';
  const amount = Math.abs(duration);
  if (amount < 1e9) {
    const [unit, size] = amount < 1e3 ? ['ns', 1] : amount < 1e6 ? ['µs', 1e3] : ['ms', 1e6];
    return `${sign}${amount / Number(size)}${unit}`;
  }
  const hours = Math.floor(amount / 3600e9);
  const minutes = Math.floor((amount % 3600e9) / 60e9);
  const seconds = (amount % 60e9) / 1e9;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`;
}

/**
 * A size in bytes, undefined for what is none: a number with an optional unit of base 1024 (`64m`, `1.5 GiB`), as
 * Docker reads it.
 */
export function parseByteSize(text: string): number | undefined {
  const match = /^\+?(\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+) ?(?:b|([kmgtp])(?:i?b)?)?$/i.exec(text);
  if (match === null) return undefined;
  const power = match[2] ? 'kmgtp'.indexOf(match[2].toLowerCase()) + 1 : 0;
  return Math.trunc(Number(match[1]) * 1024 ** power);
}
