import { maximumOpenFiles } from '../../fargate/linux.ts';
import { containers, elements } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** No soft limit is above its hard limit, and no task opens more files than Fargate lets it. */
export const ulimits: Rule = (definition, find) => {
  for (const container of containers(definition)) {
    for (const { value, path } of elements(container.value.ulimits, `${container.path}.ulimits`)) {
      const { name = '', softLimit: soft, hardLimit: hard } = value;
      // -1 is Docker's word for no limit.
      if (soft !== undefined && hard !== undefined && hard !== -1 && soft > hard) {
        find('fargate/ulimit', `${path}.softLimit`, { container: container.name, name, soft, hard }, [
          { message: `The hard limit is ${hard}.`, path: `${path}.hardLimit` },
        ]);
      }
      if (name === 'nofile' && hard !== undefined && hard > maximumOpenFiles) {
        const subject = `The hard limit of ulimit nofile of container ${container.name}`;
        find('fargate/range', `${path}.hardLimit`, { subject, value: hard, minimum: 0, maximum: maximumOpenFiles });
      }
    }
  }
};
