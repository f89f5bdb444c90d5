import { containers, elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** Where the account stands in an ARN. */
const accountOf = {
  role: /^arn:aws[a-z-]*:iam::(\d{12}):/,
  parameter: /^arn:aws[a-z-]*:ssm:[a-z0-9-]+:(\d{12}):/,
};

/** SSM parameters are those of the account that runs the task, which is that of its roles. */
export const secretAccounts: Rule = (definition, find) => {
  const [role] = (['executionRoleArn', 'taskRoleArn'] as const).flatMap((path) => {
    const account = accountOf.role.exec(definition[path] ?? '')?.[1];
    return account === undefined ? [] : [{ account, path }];
  });
  if (role === undefined) return;
  for (const { value, path } of containers(definition)) {
    const secrets = [
      ...elements(value.secrets, `${path}.secrets`),
      ...elements(value.logConfiguration?.secretOptions, `${path}.logConfiguration.secretOptions`),
    ];
    for (const { value: secret, path: at } of secrets) {
      const account = accountOf.parameter.exec(secret.valueFrom ?? '')?.[1];
      if (account === undefined || account === role.account) continue;
      const found = { name: secret.name ?? at, account, current: role.account };
      find('fargate/secret-account', `${at}.valueFrom`, found, [
        { message: `The role is one of account ${role.account}.`, path: role.path },
      ]);
    }
  }
};
