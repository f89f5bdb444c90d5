import type { Account, Call, ClientToken } from './account.ts';
import { ApiError } from './api-error.ts';

interface TokenInput {
  readonly cluster?: string;
  readonly clientToken?: string;
}

/** How long ECS remembers a client token, in milliseconds. */
const TOKEN_LIFE = 24 * 60 * 60 * 1000;

/** What a token made before, if ECS still remembers it. */
export function rememberedToken(account: Account, call: Call<TokenInput>): ClientToken | undefined {
  const token = call.input.clientToken === undefined ? undefined : account.clientTokens.get(keyOf(call));
  return token !== undefined && call.at - token.at < TOKEN_LIFE ? token : undefined;
}

/** Remembers what a call with a token made. */
export function rememberToken(account: Account, call: Call<TokenInput>, arns: readonly string[]): void {
  if (call.input.clientToken === undefined) return;
  account.clientTokens.set(keyOf(call), { at: call.at, parameters: parametersOf(call.input), arns });
}

/** Refuses a token that came with other parameters before. */
export function checkToken(account: Account, call: Call<TokenInput>): void {
  const used = rememberedToken(account, call);
  if (used === undefined || used.parameters === parametersOf(call.input)) return;
  const message = 'The clientToken was used before with other parameters.';
  throw new ApiError('ConflictException', message, 400, { resourceIds: used.arns });
}

function keyOf({ operation, region, input }: Call<TokenInput>): string {
  return `${operation}:${region}:${input.cluster ?? 'default'}:${input.clientToken}`;
}

/** What has to be the same for a token to mean the same request. */
function parametersOf({ clientToken: _, ...parameters }: TokenInput): string {
  return JSON.stringify(parameters, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
