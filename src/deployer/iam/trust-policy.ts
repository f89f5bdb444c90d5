import { arnIn, type Place } from './place.ts';
import { type PolicyDocument, policy } from './policy.ts';

/**
 * Who may assume the roles of a task: ECS, on behalf of this account's tasks in this region alone. Sources: ECS
 * Developer Guide, "Amazon ECS task IAM role"; IAM User Guide, "The confused deputy problem".
 */
export function trustPolicy(place: Place): PolicyDocument {
  return policy([
    {
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: ['sts:AssumeRole'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': place.account },
        ArnLike: { 'aws:SourceArn': arnIn(place, 'ecs', '*') },
      },
    },
  ]);
}
