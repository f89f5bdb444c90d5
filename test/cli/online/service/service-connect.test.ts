import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceUp } from '../../../../src/cli/online.ts';
import type { Task } from '../../../../src/transformer/task.ts';
import { shop, Terminal } from '../project.ts';

let terminal: Terminal;
beforeEach(() => {
  terminal = new Terminal();
});
afterEach(() => terminal.close());

function named(service: Task['run']['service']): Task {
  const task = shop(service === undefined ? {} : { run: { service } });
  const [db, web] = task.definition.containerDefinitions;
  const portMappings = [{ name: 'http', containerPort: 80, protocol: 'tcp' }];
  return { ...task, definition: { ...task.definition, containerDefinitions: [db, { ...web, portMappings }] as never } };
}

const serviceConnectConfiguration = {
  namespace: 'shop',
  services: [{ portName: 'http', clientAliases: [{ port: 80, dnsName: 'web' }] }],
};

test('a service takes part in Service Connect as the files say, and stays so; without a word it no longer does', async () => {
  expect(await serviceUp(terminal.context(named({ serviceConnectConfiguration })), {})).toBe(0);
  expect(await serviceUp(terminal.context(named({ serviceConnectConfiguration })), { dryRun: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
  expect(await serviceUp(terminal.context(named(undefined)), {})).toBe(0);
  expect(terminal.error).toContain('serviceConnectConfiguration.namespace shop → none');
  expect(await serviceUp(terminal.context(named(undefined)), { dryRun: true })).toBe(0);
  expect(terminal.out).toBe('Nothing to do: everything is as the files say.\n');
});
