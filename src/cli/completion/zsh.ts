import type { Completes } from '../command.ts';
import type { CompletedOption, Vocabulary } from './vocabulary.ts';

/** A script for zsh, to be sourced after `compinit`, or to stand in `$fpath` as `_compose2fargate`. */
export function zsh([program, ...commands]: readonly [Vocabulary, ...Vocabulary[]]): string {
  const described = commands.flatMap(({ names, summary }) => names.map((name) => quoted(`${name}:${summary}`)));
  return `#compdef compose2fargate
# Completion of compose2fargate for zsh: source <(compose2fargate completion zsh)

_compose2fargate_commands() {
  local -a commands=(
${described.map((each) => `    ${each}`).join('\n')}
  )
  _describe command commands
}

_compose2fargate() {
  local curcontext=$curcontext state
  local -a line
  typeset -A opt_args
  _arguments -C -S -A '-*' \\
${program.options.flatMap(specifications).map(continued).join('\n')}
    '1: :_compose2fargate_commands' \\
    '*:: :->arguments' && return
  [[ $state == arguments ]] || return
  case $line[1] in
${commands.map(branch).join('\n')}
  esac
}

if [[ $funcstack[1] == _compose2fargate ]]; then
  _compose2fargate "$@"
else
  compdef _compose2fargate compose2fargate
fi
`;
}

function branch({ names, options, argument }: Vocabulary): string {
  const all = [
    ...options.flatMap(specifications),
    quoted(`*:argument:${argument === undefined ? ' ' : action(argument)}`),
  ];
  return `    ${names.join('|')})
      _arguments -S \\
${all.map((each) => `        ${each}`).join(' \\\n')}
      ;;`;
}

/** What `_arguments` reads: one for each flag. An option with a value may be given more than once. */
function specifications({ short, long, summary, value }: CompletedOption): readonly string[] {
  const text = `[${summary.replace(/[[\]\\:]/g, '\\$&')}]`;
  if (value === undefined) {
    const others = short === undefined ? '' : `(${short} ${long})`;
    return [long, ...(short === undefined ? [] : [short])].map((flag) => quoted(`${others}${flag}${text}`));
  }
  const takes = `:value:${value === 'unknown' ? ' ' : action(value)}`;
  const flags = [`*${long}=`, ...(short === undefined ? [] : [`*${short}+`])];
  return flags.map((flag) => quoted(`${flag}${text}${takes}`));
}

function action(what: Completes): string {
  return what === 'files' ? '_files' : `(${what.join(' ')})`;
}

function continued(line: string): string {
  return `    ${line} \\`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
