/**
 * The log drivers of Fargate and their options. As of 2026-11-20.
 *
 * Sources: ECS API Reference, LogConfiguration; Developer Guide, "Using the awslogs log driver". AWS's words are those
 * of real answers.
 */
export interface LogDriver {
  /** Options that it must have, with AWS's words where one is missing. */
  readonly required: Readonly<Record<string, string | undefined>>;
  /** Those of the required ones that are better read from a secret. */
  readonly secret?: readonly string[];
  /** The options that may be there as well; undefined where they depend on the destination. */
  readonly optional?: readonly string[];
}

export const logDrivers: Readonly<Record<'awslogs' | 'splunk' | 'awsfirelens', LogDriver>> = {
  awslogs: {
    required: {
      'awslogs-group': 'Log driver awslogs requires options: awslogs-group',
      'awslogs-region': undefined,
      'awslogs-stream-prefix':
        'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.',
    },
    optional: [
      'awslogs-create-group',
      'awslogs-datetime-format',
      'awslogs-multiline-pattern',
      'mode',
      'max-buffer-size',
    ],
  },
  splunk: { required: { 'splunk-url': undefined, 'splunk-token': undefined }, secret: ['splunk-token'] },
  awsfirelens: { required: {} },
};

/** What ECS knows besides, on instances of one's own. */
export const logDriversNotOnFargate: readonly string[] = ['json-file', 'syslog', 'journald', 'gelf', 'fluentd'];

/** The options of a FireLens router. Source: ECS API Reference, FirelensConfiguration. */
export const firelensOptions: readonly string[] = ['enable-ecs-log-metadata', 'config-file-type', 'config-file-value'];

/** What the values of awslogs options look like. */
export const logOptionForms: readonly { readonly option: string; readonly pattern: RegExp; readonly form: string }[] = [
  // CloudWatch Logs API Reference, CreateLogGroup and CreateLogStream; the prefix becomes part of a stream's name.
  {
    option: 'awslogs-group',
    pattern: /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/,
    form: '1 to 512 letters, digits and . - _ / #, and may not begin with "aws/"',
  },
  { option: 'awslogs-stream-prefix', pattern: /^[^:*]{1,512}$/, form: '1 to 512 characters without : and *' },
  { option: 'awslogs-create-group', pattern: /^(?:true|false)$/, form: 'true or false' },
  { option: 'max-buffer-size', pattern: /^\d+(?:\.\d+)? ?(?:[kmgt]i?)?b?$/i, form: 'a size, such as 25m' },
  { option: 'mode', pattern: /^(?:non-)?blocking$/, form: 'blocking or non-blocking' },
];
