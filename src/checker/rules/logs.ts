import { type LogDriver, logDrivers, logOptionForms } from '../../fargate/log-drivers.ts';
import { misspeltNames } from '../../source/slip.ts';
import { suggest } from '../../source/suggest.ts';
import type { Find } from '../finding.ts';
import { containers, elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Each log driver has the options that it needs, and no others. */
export const logs: Rule = (definition, find) => {
  for (const { value, path, name } of containers(definition)) {
    const { logConfiguration: configuration } = value;
    const driver = configuration?.logDriver ?? '';
    if (configuration === undefined || !isKnown(driver)) continue;
    const options = configuration.options ?? {};
    const at = `${path}.logConfiguration.options`;
    const secretOptions = elements(configuration.secretOptions, `${path}.logConfiguration.secretOptions`);
    const secret = new Set(secretOptions.map(({ value: { name: option } }) => option));
    const { required, secret: sensitive, optional }: LogDriver = logDrivers[driver];

    for (const [option, aws] of Object.entries(required)) {
      if ((options[option] ?? '') !== '' || secret.has(option)) continue;
      find('fargate/log-option-missing', `${at}.${option}`, {
        driver,
        option,
        container: name,
        sensitive: sensitive?.includes(option) ?? false,
        aws,
      });
    }
    if (optional === undefined) continue;
    const known = [...Object.keys(required), ...optional];
    const misspelt = misspeltNames(Object.keys(options), known);
    for (const option of Object.keys(options).filter((each) => !known.includes(each))) {
      find('fargate/unknown-log-option', `${at}.${option}`, {
        of: `the log driver ${driver}`,
        option,
        suggestion: suggest(option, known),
        correction: misspelt.get(option),
      });
    }
    checkValues(options, at, find);
  }
};

function isKnown(driver: string): driver is keyof typeof logDrivers {
  return Object.hasOwn(logDrivers, driver);
}

function checkValues(options: Readonly<Record<string, string | undefined>>, at: string, find: Find): void {
  for (const { option, pattern, form } of logOptionForms) {
    const value = options[option] ?? '';
    if (value === '' || pattern.test(value)) continue;
    find('fargate/log-option', `${at}.${option}`, { option, value: JSON.stringify(value), form });
  }
  if (options['awslogs-datetime-format'] !== undefined && options['awslogs-multiline-pattern'] !== undefined) {
    find('fargate/without-effect', `${at}.awslogs-multiline-pattern`, {
      subject: 'The log option awslogs-multiline-pattern',
      why: 'awslogs-datetime-format is set as well',
      instead: 'Keep one of them.',
    });
  }
  if (options['mode'] === 'blocking' && options['max-buffer-size'] !== undefined) {
    find('fargate/without-effect', `${at}.max-buffer-size`, {
      subject: 'The log option max-buffer-size',
      why: 'the mode is blocking',
      instead: 'Remove it, or set mode to non-blocking.',
    });
  }
}
