import type { OptionDefinition } from './command.ts';

/** The flags of an option without its value: `-o, --output <path>` has `-o` and `--output`. */
export function flagsOf({ flags }: OptionDefinition): readonly string[] {
  return flags.split(/[ ,]+/).filter((word) => word.startsWith('-'));
}

/** The global options without the short and long flags that a command uses for something of its own. */
export function withoutFlagsOf(own: readonly OptionDefinition[], all: readonly OptionDefinition[]): OptionDefinition[] {
  const taken = new Set(own.flatMap(flagsOf));
  return all.flatMap((option) => {
    const [long] = flagsOf(option).filter((name) => name.startsWith('--'));
    if (taken.has(long as string)) return [];
    const flags = option.flags.replace(/^(-\w), /, (match, short: string) => (taken.has(short) ? '' : match));
    return [{ ...option, flags }];
  });
}
