import type { Words } from '../diagnostic.ts';

/** Findings about values with a grammar of their own: ports, volumes, commands, durations, sizes. */
export const composeValuesCatalogue = {
  'compose/port-syntax': {
    severity: 'error',
    say: (p: { text: string; problem: string }): Words => ({
      message: `"${p.text}" is no port: ${p.problem}.`,
      help: 'Write [address:][host-port:]container-port[/tcp|udp], such as "8080:80".',
    }),
  },
  'compose/too-many-ports': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `With this range the project has more than ${p.limit.toLocaleString('en')} ports, which is the limit.`,
      help: 'Publish only the ports that are used.',
    }),
  },
  'compose/volume-syntax': {
    severity: 'error',
    say: (p: { text: string; problem: string }): Words => ({
      message: `"${p.text}" is no volume: ${p.problem}.`,
      help: 'Write [source:]target[:options], such as "data:/var/lib/data:ro".',
    }),
  },
  'compose/device-syntax': {
    severity: 'error',
    say: (p: { text: string }): Words => ({
      message: `"${p.text}" is no device: it has more than two colons.`,
      help: 'Write source[:target[:permissions]].',
    }),
  },
  'compose/extra-host-syntax': {
    severity: 'error',
    say: (p: { text: string }): Words => ({
      message: `"${p.text}" does not name a host and its address.`,
      help: 'Write host=address.',
    }),
  },
  'compose/key-space': {
    severity: 'error',
    say: (p: { path: string; key: string }): Words => ({
      message: `The name "${p.key}" in ${p.path} ends with a space.`,
      help: 'Remove the space before "=".',
    }),
  },
  'compose/command-syntax': {
    severity: 'error',
    say: (p: { path: string; problem: string }): Words => ({
      message: `${p.path} is no command line: ${p.problem}.`,
      help: 'Close the quotes, or write the command as a list.',
    }),
  },
  'compose/command-cut': {
    severity: 'warning',
    say: (p: { path: string; rest: string }): Words => ({
      message: `No shell reads ${p.path}: it ends before the operator, and "${p.rest.trim().replace(/\s+/g, ' ')}" is dropped.`,
      help: 'To use shell operators, write ["sh", "-c", "…"]; else put the operator in quotes.',
    }),
  },
  'compose/duration-syntax': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} must be a duration, and is "${p.text}".`,
      help: /^\d+$/.test(p.text) ? `Add a unit: ${p.text}s.` : 'Write numbers with units, such as 90s or 1m30s.',
    }),
  },
  'compose/size-syntax': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} must be a size, and is "${p.text}".`,
      help: 'Write a number with a unit, such as 512m or 1.5g.',
    }),
  },
  'compose/size-ignored': {
    severity: 'warning',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} is ${p.text}, which YAML reads as a fraction and not as a number of bytes; Docker Compose ignores it, and so it has no effect.`,
      help: 'Add a unit, as in 1.5g, or write a whole number of bytes.',
    }),
  },
  'compose/mode-syntax': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} must be a file mode, and is "${p.text}".`,
      help: 'Write it in octal digits: "0440".',
    }),
  },
  'compose/not-an-address': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} must be an IP address, and is "${p.text}".`,
    }),
  },
} as const;
