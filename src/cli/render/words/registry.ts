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
  'registry/role': ({ role }) => ({
    message: `The execution role ${role === undefined ? 'of the task' : role} must be allowed secretsmanager:GetSecretValue for these secrets, and kms:Decrypt for a key of your own. It was not changed.`,
    help:
      role === undefined
        ? 'Run "up" with --create-roles, which makes such a role, or attach the policy that "compose2fargate iam execution" prints.'
        : 'Attach the policy that "compose2fargate iam execution" prints.',
  }),
  'registry/unchanged': ({ file }) => ({ message: `${file} says the same already, so no file was written.` }),
};
