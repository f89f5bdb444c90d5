import type { Correctable, Refused, Words } from '../diagnostic.ts';

/** What a number must keep to; `maximum` may be infinite. */
interface Limits extends Refused {
  readonly subject: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit?: string | undefined;
}

function limitsInWords({ minimum, maximum, unit = '' }: Limits): string {
  if (maximum === Number.POSITIVE_INFINITY) return `${minimum} ${unit}`.trim().concat(' or more');
  return `${minimum} to ${maximum} ${unit}`.trim();
}

function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

/** What else might have been meant, if that is told in a breath. */
function others(values: readonly string[]): string {
  return values.length === 1 || values.length > 8 ? '' : ` Fargate takes ${oneOf(values)}.`;
}

/**
 * What the checker finds of a member by itself. `subject` names it and where it stands: `healthCheck.interval of
 * container web`.
 */
export const fargateMembersCatalogue = {
  'fargate/type': {
    severity: 'error',
    say: (p: { subject: string; expected: string; actual: string; instead: string } & Correctable): Words => ({
      message: `${p.subject} is ${p.actual}, and ECS takes ${p.expected} there.`,
      help: `Write ${p.instead}.`,
    }),
  },
  'fargate/required': {
    severity: 'error',
    say: (p: { subject: string; missing: boolean; example: string } & Refused): Words => ({
      message: `${p.subject} is ${p.missing ? 'missing' : 'empty'}, and ECS asks for it.`,
      help: `${p.missing ? 'Add it' : 'Fill it in'}, for example ${p.example}.`,
      aws: p.aws,
    }),
  },
  'fargate/empty': {
    severity: 'error',
    say: (p: { subject: string } & Refused): Words => ({
      message: `${p.subject} is empty, which ECS does not take.`,
      help: 'Remove it.',
      aws: p.aws,
    }),
  },
  'fargate/incomplete': {
    severity: 'warning',
    say: (p: { subject: string; missing: boolean; example: string } & Refused): Words => ({
      message: `${p.subject} is ${p.missing ? 'missing' : 'empty'}, and the rest says nothing without it.`,
      help: `${p.missing ? 'Add it' : 'Fill it in'}, for example ${p.example}; or remove the rest.`,
      aws: p.aws,
    }),
  },
  'fargate/unknown-member': {
    severity: 'error',
    say: (p: { subject: string; suggestion?: string | undefined } & Correctable): Words => ({
      message: `${p.subject} is unknown: ECS has no such member there.`,
      help: p.suggestion === undefined ? 'Remove it.' : `Did you mean ${p.suggestion}?`,
    }),
  },
  'fargate/response-members': {
    severity: 'info',
    say: (p: { members: string }): Words => ({
      message: `The file holds what ECS tells of a registered task definition and does not take: ${p.members}.`,
      help: 'Remove it before you register the file with the AWS CLI, which refuses the input otherwise.',
    }),
  },
  'fargate/range': {
    severity: 'error',
    say: (p: Limits & { value: number; below?: string | undefined }): Words => ({
      message: `${p.subject} is ${p.value}, and must be ${limitsInWords(p)}.`,
      help:
        p.value > p.maximum
          ? `Lower it to ${p.maximum} at most.`
          : [`Raise it to ${p.minimum} at least.`, p.below].filter(Boolean).join(' '),
      aws: p.aws,
    }),
  },
  'fargate/length': {
    severity: 'error',
    say: (p: { subject: string; length: number; maximum: number; unit: string } & Refused): Words => ({
      message: `${p.subject} has ${p.length} ${p.unit}, and may have ${p.maximum}.`,
      help: `Leave out ${p.length - p.maximum} of them.`,
      aws: p.aws,
    }),
  },
  'fargate/pattern': {
    severity: 'error',
    say: (p: { subject: string; value: string; form: string } & Refused): Words => ({
      message: `${p.subject} is ${p.value}, which ECS does not take.`,
      help: `It must be ${p.form}.`,
      aws: p.aws,
    }),
  },
  'fargate/enum': {
    severity: 'error',
    say: (
      p: {
        subject: string;
        value: string;
        values: readonly string[];
        suggestion?: string | undefined;
        elsewhere: boolean;
        instead?: string | undefined;
      } & Refused &
        Correctable,
    ): Words => ({
      message: p.elsewhere
        ? `${p.subject} is ${p.value}, which ECS has, but not on Fargate.`
        : `${p.subject} is ${p.value}, which ECS does not know.`,
      help:
        p.suggestion === undefined
          ? (p.instead ?? `Use ${oneOf(p.values)}.`)
          : `Did you mean ${p.suggestion}?${others(p.values)}`,
      aws: p.aws,
    }),
  },
  'fargate/unsupported': {
    severity: 'error',
    say: (p: { subject: string; instead: string } & Refused): Words => ({
      message: `${p.subject} is set, and Fargate does not support it.`,
      help: p.instead,
      aws: p.aws,
    }),
  },
  'fargate/linux-only': {
    severity: 'error',
    say: (p: { subject: string }): Words => ({
      message: `${p.subject} is set, and Fargate supports it for Linux containers only.`,
      help: 'Remove it, or set runtimePlatform.operatingSystemFamily to LINUX.',
    }),
  },
} as const;
