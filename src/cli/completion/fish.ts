import type { Completes } from '../command.ts';
import type { CompletedOption, Vocabulary } from './vocabulary.ts';

/** A script for fish 3 and newer, to stand in its folder of completions. */
export function fish([program, ...commands]: readonly [Vocabulary, ...Vocabulary[]]): string {
  const valued = program.options.filter(({ value }) => value !== undefined);
  const flags = valued.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
  return `# Completion of compose2fargate for fish:
#   compose2fargate completion fish > ~/.config/fish/completions/compose2fargate.fish

# Whether the command that stands on the line is one of these; '' where there is none yet.
function __compose2fargate_in
    set -l words (commandline -opc)
    set -l command ''
    set -l index 2
    while test $index -le (count $words)
        switch $words[$index]
            case ${flags.join(' ')}
                set index (math $index + 1)
            case '-*'
            case '*'
                set command $words[$index]
                break
        end
        set index (math $index + 1)
    end
    contains -- "$command" $argv
end

complete -c compose2fargate -f
${commands.flatMap((command) => command.names.map((name) => named(name, command.summary))).join('\n')}
${[program, ...commands].map(lines).join('\n')}
`;
}

function named(name: string, summary: string): string {
  return `complete -c compose2fargate -n "__compose2fargate_in ''" -a ${name} -d ${quoted(summary)}`;
}

function lines({ names, options, argument }: Vocabulary): string {
  const [first] = names;
  const start = `complete -c compose2fargate -n "__compose2fargate_in ${first === '' ? "''" : names.join(' ')}"`;
  // The program's own arguments are the commands, which have descriptions.
  const argued = argument === undefined || first === '' ? [] : [`${start}${offer(argument)}`];
  return [...argued, ...options.map((option) => `${start}${described(option)}`)].join('\n');
}

function described({ short, long, summary, value }: CompletedOption): string {
  const names = `${short === undefined ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)}`;
  const takes = value === undefined ? '' : value === 'unknown' ? ' -x' : ` -r${offer(value)}`;
  return `${names}${takes} -d ${quoted(summary)}`;
}

function offer(what: Completes): string {
  return what === 'files' ? ' -F' : ` -f -a ${quoted(what.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
