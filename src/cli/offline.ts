/**
 * What the commands do that need no account, and what every command does with the project. This file is a bundle of its
 * own: help, version and wrong usage are answered before it is loaded.
 */
export { diagnostic } from '../diagnostics/diagnostic.ts';
export { readTaskDefinition } from '../parser/task-definition/read.ts';
export { configured } from './config-file.ts';
export { printFindings } from './findings.ts';
export { readableInput, validInput } from './input.ts';
export { config } from './offline/config.ts';
export { convert } from './offline/convert.ts';
export { explain } from './offline/explain.ts';
export { readRegistryLogins } from './offline/registry-logins.ts';
export { readSecretValues } from './offline/secret-values.ts';
export { validate } from './offline/validate.ts';
