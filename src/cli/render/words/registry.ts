import type { Words } from './event-words.ts';
import { list } from './list.ts';

/** What the events about registries and secrets say to a person. */
export const registryWords: Words<'registry' | 'repository' | 'secret'> = {
  'registry/unreachable': ({ images, subnets, lacksPublicAddress, missingEndpoints }) => ({
    message: `Tasks in ${list(subnets)} cannot fetch ${list(images)}: ${
      lacksPublicAddress
        ? 'without a public address nothing leads from there to the Internet'
        : 'no route leads from there to the Internet'
    }.`,
    help: [
      lacksPublicAddress
        ? 'Say assign_public_ip: ENABLED in ecs-params.yml'
        : 'Name subnets with a route to a NAT gateway or an internet gateway',
      ...(missingEndpoints.length === 0
        ? []
        : [`or give the VPC endpoints for ${missingEndpoints.join(', ')} and logs`]),
    ]
      .join(', ')
      .concat('.'),
  }),
  'secret/sibling': ({ variables }) => ({
    message: `${list(variables)} ${variables.length === 1 ? 'addresses' : 'address'} another service by its name, which no container of the task resolves, and in a secret nothing is rewritten.`,
    help: 'Write 127.0.0.1 in place of the name, and run the command again.',
  }),
  'secret/unmentioned': ({ variables }) => ({
    message: `No service has ${list(variables)} in its environment or secrets, so each gets ${variables.length === 1 ? 'it' : 'them'} in the lines below; take out what a service does not need.`,
  }),
  'repository/missing': ({ repository }) => ({
    message: `There is no repository ${repository} yet; "compose2fargate push" makes it.`,
  }),
  'registry/kept': ({ secrets }) => ({
    message: `${list(secrets)} ${secrets.length === 1 ? 'is there already with another login, and stays as it is' : 'are there already with other logins, and stay as they are'}.`,
    help: 'To give it the login of the file, add --update-existing-secrets.',
  }),
  'registry/missing': ({ secrets, region }) => ({
    message: `There is no secret ${list(secrets)} in ${region}. Nothing was changed.`,
    help: 'Correct secrets_manager_arn or --region, or leave the ARN out to have a secret made.',
  }),
  'registry/role': () => ({
    message:
      'The execution role of the task must be allowed secretsmanager:GetSecretValue for these secrets, and kms:Decrypt for a key of your own. None was named, and none is changed.',
    help: 'Give --role-name, which makes such a role or brings it up to date, or run "up" with --create-roles.',
  }),
  'registry/foreign-role': ({ role, lacks, policy }) => ({
    message: `The role ${role} was not made by this project, and is not changed.${lacks.length === 0 ? '' : ` It lacks the policy ${list(lacks)}.`}`,
    help: 'See to it that it may read the secrets, or give --role-name another name, of which a role is made.',
    evidence: { title: 'What it must be allowed', lines: JSON.stringify(policy, undefined, 2).split('\n') },
  }),
  'registry/unchanged': ({ file }) => ({ message: `${file} says the same already, so no file was written.` }),
};
