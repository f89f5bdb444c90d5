import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { loadRegistryLogins, type RegistryLogin } from '../../parser/registry-creds/logins.ts';
import { isRefused, printFindings, withSeverities } from '../findings.ts';
import type { GlobalOptions } from '../global-options.ts';
import { readableInput, type ValidInput } from '../input.ts';
import type { Io } from '../io.ts';

/**
 * The project, and the logins of the file for its registries; undefined where one of them cannot be read, which has been
 * said then.
 */
export async function readRegistryLogins(
  io: Io,
  options: GlobalOptions,
  path: string,
): Promise<(ValidInput & { readonly logins: readonly RegistryLogin[] }) | undefined> {
  const input = await readableInput(io, options);
  if (input === undefined) return undefined;
  const found: Diagnostic[] = [];
  const logins = loadRegistryLogins(io.host, path, input, (one) => found.push(one));
  const diagnostics = withSeverities(found, options);
  printFindings(io, diagnostics, options);
  return logins === undefined || isRefused(diagnostics, options) ? undefined : { ...input, logins };
}
