import type { Correctable, Words } from '../diagnostic.ts';

/** Findings about Compose files, whatever becomes of them afterwards. */
export const composeCatalogue = {
  // Files and names
  'compose/no-file': {
    severity: 'error',
    say: (p: { directory: string; absolute: string; names: string }): Words => ({
      message: `There is no Compose file in ${p.directory === '.' ? p.absolute : p.directory} or in a directory above it.`,
      help: `Looked for ${p.names}. Name another file with --file.`,
    }),
  },
  'compose/several-files': {
    severity: 'warning',
    say: (p: { used: string; ignored: string }): Words => ({
      message: `There are several Compose files: ${p.used} is used, ${p.ignored} is not.`,
      help: 'Remove those that are not wanted, or name the file with --file.',
    }),
  },
  'compose/project-name': {
    severity: 'error',
    say: (p: { name: string; normal: string }): Words => ({
      message: `"${p.name}" is no name for a project: it may hold lower-case letters, digits, "-" and "_", and starts with a letter or a digit.`,
      help:
        p.normal === ''
          ? 'Name the project with --project-name.'
          : `Use "${p.normal}".${/[A-Z]/.test(p.name) ? ' For capitals in the family of the task definition, add --family.' : ''}`,
    }),
  },
  'compose/not-a-mapping': {
    severity: 'error',
    say: (p: { kind: string }): Words => ({
      message: `A Compose file is a mapping, and this is a ${p.kind}.`,
      help: 'Begin with "services:", and the services below it.',
    }),
  },
  'compose/no-services-key': {
    severity: 'error',
    say: (p: { services: string }): Words => ({
      message: `The services stand at the top level (${p.services}), as in the first version of Compose files, which is no longer read.`,
      help: 'Write "services:" above them, and indent them by two spaces.',
    }),
  },
  'compose/no-services': {
    severity: 'error',
    say: (p: { file: string }): Words => ({ message: `${p.file} has no services to extend.` }),
  },
  'compose/no-service': {
    severity: 'error',
    say: (p: { name: string; suggestion: string | undefined; known: string }): Words => ({
      message: `The project has no service "${p.name}".`,
      help: meant(p.suggestion) ?? (p.known === '' ? 'It has no services.' : `It has ${p.known}.`),
    }),
  },

  // Variables
  'compose/variable-unset': {
    severity: 'warning',
    say: (p: { name: string }): Words => ({
      message: `The variable ${p.name} is not set, and stands for an empty string.`,
      help: `Set it in the environment or in .env, give a default with \${${p.name}:-default}, or write $$ for a dollar sign.`,
    }),
  },
  'compose/too-much-substituted': {
    severity: 'error',
    say: (p: { name: string; limit: number }): Words => ({
      message: `With ${p.name}, variables add more than ${p.limit.toLocaleString('en')} characters to this file, which is the limit.`,
      help: 'Shorten the value, or use it less often.',
    }),
  },
  'compose/variables-too-deep': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `Variables are nested within the defaults of others deeper than ${p.limit} levels, which is the limit.`,
    }),
  },
  'compose/too-large': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `Up to this place the project is put together from more than ${p.limit.toLocaleString('en')} nodes, which is the limit. What is included, extended or overridden counts each time, and a long text as several.`,
      help: 'Include or extend less, or divide the project.',
    }),
  },
  'compose/too-many-ports': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `With this range the project has more than ${p.limit.toLocaleString('en')} ports, which is the limit.`,
      help: 'Publish only the ports that are used.',
    }),
  },
  'compose/include-too-deep': {
    severity: 'error',
    say: (p: { limit: number }): Words => ({
      message: `More than ${p.limit} files include one another here, which is the limit.`,
    }),
  },
  'compose/variable-required': {
    severity: 'error',
    say: (p: { name: string; message: string }): Words => ({
      message: `The variable ${p.name} needs a value${p.message === '' ? '.' : `: ${p.message}`}`,
      help: `Set ${p.name} in the environment or in .env.`,
    }),
  },
  'compose/interpolation-syntax': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path === '' ? 'The value' : `The value of ${p.path}`} has a "$" that begins no variable: ${p.text.split('\n', 1)[0]}`,
      help: `Write \${NAME}, \${NAME:-default}, \${NAME:?message} or \${NAME:+value}, or $$ for a dollar sign.`,
    }),
  },
  'compose/env-file-syntax': {
    severity: 'error',
    say: (p: { problem: string }): Words => ({
      message: `This line sets no variable: ${p.problem}.`,
      help: 'Write NAME=value, one a line.',
    }),
  },
  'compose/env-file-format': {
    severity: 'error',
    say: (p: { format: string }): Words => ({
      message: `"${p.format}" is no format of an env_file.`,
      help: 'Use "raw", or leave it out.',
    }),
  },

  // Form
  'compose/unknown-key': {
    severity: 'error',
    say: (
      p: {
        subject: string;
        key: string;
        suggestion: string | undefined;
        /** What the key of an old file has become. */
        successor: string | undefined;
      } & Correctable,
    ): Words => ({
      message: `${p.subject} has no key "${p.key}"${p.successor === undefined ? '' : ' any more'}.`,
      help:
        p.successor === undefined
          ? (meant(p.suggestion) ?? 'Remove it; a key of your own begins with "x-".')
          : `Write ${p.successor} instead.`,
    }),
  },
  'compose/invalid-name': {
    severity: 'error',
    say: (p: { section: string; name: string }): Words => ({
      message: `"${p.name}" is no name for one of the ${p.section}.`,
      help: 'Use letters, digits, ".", "-" and "_" only.',
    }),
  },
  'compose/missing-key': {
    severity: 'error',
    say: (p: { subject: string; key: string }): Words => ({
      message: `${p.subject} needs the key "${p.key}".`,
      help: `Add "${p.key}:".`,
    }),
  },
  'compose/schema-type': {
    severity: 'error',
    say: (p: { subject: string; expected: string; found: string }): Words => ({
      message: `${p.subject} must be ${p.expected}, and is ${p.found}.`,
      help: p.found === 'empty' ? 'Give it a value, or remove it.' : undefined,
    }),
  },
  'compose/wrong-type': {
    severity: 'error',
    say: (p: { path: string; text: string; type: 'int' | 'float' | 'bool' }): Words => ({
      message: `${p.path} must be ${castWords[p.type]}, and is ${p.text === '' ? 'an empty string' : `"${p.text}"`}.`,
    }),
  },
  'compose/boolean-word': {
    severity: 'warning',
    say: (p: { text: string; value: string }): Words => ({
      message: `"${p.text}" is no YAML boolean; it is taken for ${p.value}.`,
      help: `Write ${p.value}.`,
    }),
  },
  'compose/not-allowed': {
    severity: 'error',
    say: (
      p: {
        subject: string;
        found: string;
        allowed: readonly string[];
        suggestion: string | undefined;
      } & Correctable,
    ): Words => ({
      message: `${p.subject} cannot be "${p.found}": it is one of ${p.allowed.join(', ')}.`,
      help: meant(p.suggestion),
    }),
  },
  'compose/duplicate-item': {
    severity: 'error',
    say: (p: { subject: string }): Words => ({
      message: `${p.subject} has the same item twice.`,
      help: 'Remove one of the two.',
    }),
  },
  'compose/out-of-range': {
    severity: 'error',
    say: (p: { subject: string; found: string; limit: string }): Words => ({
      message: `${p.subject} is ${p.found}, and must be ${p.limit}.`,
    }),
  },
  'compose/malformed': {
    severity: 'error',
    say: (p: { subject: string; found: string; pattern: string }): Words => ({
      message: `${p.subject} cannot be "${p.found}": it must match ${p.pattern}.`,
    }),
  },
  'compose/port-syntax': {
    severity: 'error',
    say: (p: { text: string; problem: string }): Words => ({
      message: `"${p.text}" is no port: ${p.problem}.`,
      help: 'Write [address:][host-port:]container-port[/tcp|udp], such as "8080:80".',
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
  'compose/mode-syntax': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} must be a file mode, and is "${p.text}".`,
      help: 'Write it in octal digits: "0440".',
    }),
  },
  'compose/size-ignored': {
    severity: 'warning',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} is ${p.text}, which YAML reads as a fraction and not as a number of bytes; Docker Compose ignores it, and so it has no effect.`,
      help: 'Add a unit, as in 1.5g, or write a whole number of bytes.',
    }),
  },

  // Several files, or several services
  'compose/cannot-override': {
    severity: 'error',
    say: (p: { path: string; base: string; over: string }): Words => ({
      message: `${p.path} is a ${p.over} here, and cannot override a ${p.base}.`,
      help: 'Write it in the same form in both files.',
    }),
  },
  'compose/extends-undefined': {
    severity: 'error',
    say: (p: { service: string; base: string; file: string; suggestion: string | undefined }): Words => ({
      message: `Service "${p.service}" extends "${p.base}", and ${p.file} has no such service.`,
      help: meant(p.suggestion),
    }),
  },
  'compose/extends-cycle': {
    severity: 'error',
    say: (p: { cycle: string }): Words => ({
      message: `Services extend each other in a circle: ${p.cycle}.`,
      help: 'Move what they share to a service of its own.',
    }),
  },
  'compose/include-cycle': {
    severity: 'error',
    say: (p: { chain: string }): Words => ({ message: `Files include each other in a circle: ${p.chain}.` }),
  },
  'compose/remote-file': {
    severity: 'error',
    say: (p: { address: string }): Words => ({
      message: `${p.address} is not on this machine, and only local Compose files are read.`,
      help: 'Fetch it, and name the copy.',
    }),
  },
  'compose/external-name': {
    severity: 'error',
    say: (p: { path: string }): Words => ({
      message: `${p.path} is given two names.`,
      help: 'Keep "name", and write "external: true".',
    }),
  },
  'compose/external-attribute': {
    severity: 'error',
    say: (p: { path: string; key: string }): Words => ({
      message: `${p.path} is external, so that its "${p.key}" is decided elsewhere.`,
      help: `Remove "${p.key}", or remove "external".`,
    }),
  },
  'compose/exclusive': {
    severity: 'error',
    say: (p: { path: string; keys: string }): Words => ({
      message: `${p.path} has more than one of ${p.keys}, and they exclude each other.`,
      help: 'Keep one.',
    }),
  },
  'compose/one-needed': {
    severity: 'error',
    say: (p: { path: string; keys: string }): Words => ({
      message: `${p.path} needs one of ${p.keys}, or "external: true".`,
    }),
  },
  'compose/not-an-address': {
    severity: 'error',
    say: (p: { path: string; text: string }): Words => ({
      message: `${p.path} must be an IP address, and is "${p.text}".`,
    }),
  },
  'compose/blank': {
    severity: 'error',
    say: (p: { path: string }): Words => ({ message: `${p.path} must not be empty.` }),
  },
  'compose/no-image': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" has neither an image nor a build.`,
      help: 'Add "image:" or "build:".',
    }),
  },
  'compose/not-built': {
    severity: 'error',
    say: (p: { service: string; other: string }): Words => ({
      message: `The build of service "${p.service}" takes files from the service "${p.other}", which is not built.`,
      help: `Give "${p.other}" a "build:", or name its image: docker-image://….`,
    }),
  },
  'compose/platform-not-built': {
    severity: 'error',
    say: (p: { service: string; platform: string }): Words => ({
      message: `Service "${p.service}" runs on ${p.platform}, which its build.platforms do not name.`,
      help: `Add ${p.platform} to build.platforms.`,
    }),
  },
  'compose/healthcheck-test': {
    severity: 'error',
    say: (p: { service: string; text: string }): Words => ({
      message: `The healthcheck of service "${p.service}" begins with "${p.text}": a list begins with CMD, CMD-SHELL or NONE.`,
      help: 'Put "CMD" in front, or write the test as one string.',
    }),
  },
  'compose/undefined': {
    severity: 'error',
    say: (p: { service: string; kind: string; name: string; suggestion: string | undefined }): Words => ({
      message: `Service "${p.service}" refers to the ${p.kind} "${p.name}", which is not defined.`,
      help: meant(p.suggestion) ?? `Define it under "${p.kind}s:".`,
    }),
  },
  'compose/dependency-disabled': {
    severity: 'error',
    say: (p: { service: string; dependency: string }): Words => ({
      message: `Service "${p.service}" depends on "${p.dependency}", whose profiles are not active.`,
      help: 'Activate one of them with --profile, or write "required: false" on the dependency.',
    }),
  },
  'compose/dependency-cycle': {
    severity: 'error',
    say: (p: { cycle: string }): Words => ({
      message: `Services depend on each other in a circle: ${p.cycle}.`,
      help: 'Remove one of these dependencies.',
    }),
  },
  'compose/distinct-values': {
    severity: 'error',
    say: (p: { service: string; key: string; twin: string }): Words => ({
      message: `Service "${p.service}" sets ${p.key} to another value than ${p.twin}, and they are the same thing.`,
      help: `Remove ${p.key}, or set both to one value.`,
    }),
  },
  'compose/negative-scale': {
    severity: 'error',
    say: (p: { service: string }): Words => ({
      message: `Service "${p.service}" cannot run fewer than 0 times.`,
    }),
  },
  'compose/container-name-scaled': {
    severity: 'error',
    say: (p: { service: string; count: number }): Words => ({
      message: `Service "${p.service}" runs ${p.count} times, and its containers cannot all have one container_name.`,
      help: 'Remove container_name.',
    }),
  },
  'compose/container-name-taken': {
    severity: 'error',
    say: (p: { service: string; name: string; other: string }): Words => ({
      message: `Services "${p.other}" and "${p.service}" have the same container_name, "${p.name}".`,
      help: 'Rename one of the two.',
    }),
  },
  'compose/mounted-twice': {
    severity: 'error',
    say: (p: { service: string; target: string }): Words => ({
      message: `Service "${p.service}" mounts two things on ${p.target}.`,
      help: 'Remove one of the two.',
    }),
  },
  'compose/watch-target': {
    severity: 'error',
    say: (p: { service: string; action: string }): Words => ({
      message: `A watch of service "${p.service}" with the action ${p.action} needs a target.`,
      help: 'Add "target:", a path in the container.',
    }),
  },
} as const;

const castWords: Readonly<Record<'int' | 'float' | 'bool', string>> = {
  int: 'a whole number',
  float: 'a number',
  bool: 'true or false',
};

function meant(suggestion: string | undefined): string | undefined {
  return suggestion === undefined ? undefined : `Did you mean "${suggestion}"?`;
}
