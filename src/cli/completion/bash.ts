import type { Completes } from '../command.ts';
import type { CompletedOption, Vocabulary } from './vocabulary.ts';

/** A script for bash 3.2 and newer, to be sourced. */
export function bash([program, ...commands]: readonly [Vocabulary, ...Vocabulary[]]): string {
  const valued = program.options.filter(({ value }) => value !== undefined);
  return `# Completion of compose2fargate for bash: source <(compose2fargate completion bash)

_compose2fargate_words() {
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$current")
}

_compose2fargate_files() {
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
  compopt -o filenames 2>/dev/null
}

_compose2fargate() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command='' index word
  COMPREPLY=()
  # To bash, "=" is a word of its own: --format=json is three.
  if [[ $current == = ]]; then
    current=''
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index += 1)); do
    case \${COMP_WORDS[index]} in
      ${valued.flatMap(flagsOf).join(' | ')})
        [[ \${COMP_WORDS[index + 1]} == = ]] && ((index += 1))
        ((index += 1))
        ;;
      -*) ;;
      *)
        command=\${COMP_WORDS[index]}
        break
        ;;
    esac
  done
  case $command in
${[program, ...commands].map(branch).join('\n')}
  esac
}

complete -F _compose2fargate compose2fargate
`;
}

function branch({ names, options, argument }: Vocabulary): string {
  const values = options.filter(({ value }) => value !== undefined);
  const lines = [
    `    ${names.map((name) => name || "''").join(' | ')})`,
    ...(values.length === 0 ? [] : ['      case $previous in', ...byValue(values), '      esac']),
    '      case $current in',
    `        -*) ${offer(options.flatMap(flagsOf))} ;;`,
    `        *) ${argument === undefined ? 'return' : offer(argument)} ;;`,
    '      esac',
    '      ;;',
  ];
  return lines.join('\n');
}

/** Options whose values are the same kind share a line. */
function byValue(options: readonly CompletedOption[]): readonly string[] {
  const flags = new Map<string, string[]>();
  for (const option of options) {
    const value = option.value as Completes | 'unknown';
    const action = value === 'unknown' ? 'return' : `${offer(value)}; return`;
    flags.set(action, [...(flags.get(action) ?? []), ...flagsOf(option)]);
  }
  return [...flags].map(([action, all]) => `        ${all.join(' | ')}) ${action} ;;`);
}

function offer(what: Completes): string {
  return what === 'files' ? '_compose2fargate_files' : `_compose2fargate_words '${what.join(' ')}'`;
}

function flagsOf({ short, long }: CompletedOption): readonly string[] {
  return short === undefined ? [long] : [short, long];
}
