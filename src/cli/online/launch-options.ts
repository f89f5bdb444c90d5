import type { Source } from '../../source/source.ts';
import type { Origin, RunSettings, Task } from '../../transformer/task.ts';
import type { DesiredOptions } from './context.ts';

/** An option in whose place the files say something else, which does not count. */
export interface Overruled {
  readonly option: string;
  readonly source: Source;
}

interface Row {
  readonly option: keyof DesiredOptions;
  readonly flag: string;
  /** The setting, as origins name it. */
  readonly path: string;
  /** The settings with the option's value. */
  readonly put: (run: RunSettings, options: DesiredOptions) => RunSettings;
}

/** The settings of the files that options may set too. */
const rows: readonly Row[] = [
  {
    option: 'count',
    flag: '--count',
    path: 'run.count',
    put: (run, { count = run.count }) => ({ ...run, count }),
  },
  {
    option: 'spot',
    flag: '--spot',
    path: 'run.launch.capacityProviders',
    put: (run) => withLaunch(run, { capacityProviders: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] }),
  },
  {
    option: 'platformVersion',
    flag: '--platform-version',
    path: 'run.launch.platformVersion',
    put: (run, { platformVersion }) => withLaunch(run, platformVersion === undefined ? {} : { platformVersion }),
  },
  {
    option: 'enableExecuteCommand',
    flag: '--enable-execute-command',
    path: 'run.launch.enableExecuteCommand',
    put: (run) => withLaunch(run, { enableExecuteCommand: true }),
  },
  {
    option: 'tags',
    flag: '--tags',
    path: 'run.launch.tags',
    put: (run, { tags = [] }) => {
      const kept = (run.launch?.tags ?? []).filter(({ key }) => !tags.some((tag) => tag.key === key));
      return withLaunch(run, { tags: [...kept, ...tags] });
    },
  },
];

/** A task as the options want it run, and where the files say something that they overrule. */
export function withLaunchOptions(
  task: Task,
  options: DesiredOptions,
): { readonly task: Task; readonly overruled: readonly Overruled[] } {
  const given = rows.filter(({ option }) => options[option] !== undefined);
  const overruled = given.flatMap(({ option, flag, path, put }) => {
    const source = task.origins.get(path)?.source;
    // Tags join those of the files.
    const isSame = option === 'tags' || JSON.stringify(put(task.run, options)) === JSON.stringify(task.run);
    return source === undefined || isSame ? [] : [{ option: flag, source }];
  });
  const origins = given.map(({ flag, path }): [string, Origin] => [path, { rule: `the option ${flag}` }]);
  return {
    task: {
      ...task,
      run: given.reduce((run, { put }) => put(run, options), task.run),
      origins: new Map([...task.origins, ...origins]),
    },
    overruled,
  };
}

function withLaunch(run: RunSettings, launch: RunSettings['launch']): RunSettings {
  return { ...run, launch: { ...run.launch, ...launch } };
}
