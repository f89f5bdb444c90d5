import { projectTags } from '../ownership.ts';
import type { ExecuteOptions, Progress, StepEnd, Steps } from '../step.ts';
import type { SecretOperation } from './secret-operation.ts';

/** The steps that write secrets. */
export const secretSteps: Steps<SecretOperation['kind']> = { 'create-secret': write, 'update-secret': write };

async function write(
  { kind, store: where, name, value, tags = [], ...options }: SecretOperation,
  { secrets = new Map() }: Progress,
  { account, project }: ExecuteOptions,
): Promise<StepEnd> {
  const store = await account.secretStore(where);
  const arn =
    kind === 'create-secret'
      ? await store.create(name, value, { ...options, tags: [...tags, ...projectTags(project)] })
      : await store.update(name, value, options);
  return { progress: { secrets: new Map([...secrets, [name, arn]]) }, result: arn };
}
