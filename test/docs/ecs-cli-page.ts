import { readFileSync } from 'node:fs';
import { composeCommands, otherCommands } from './ecs-cli-commands.ts';

/** What docs/ecs-cli.md says of a command line of ecs-cli. */
export interface Line {
  /** The command that it is a line of, by the name that is written in the table; none for every command. */
  readonly command: string | undefined;
  /** Whether it is about an option of that command, and not about the command itself. */
  readonly ofOption: boolean;
  /** Whether the word `compose` stands before it. */
  readonly ofCompose: boolean;
  readonly ecsCli: string;
  /** What to write in its place; undefined where it is left out. */
  readonly here: string | undefined;
  readonly note: string;
}

interface Table {
  readonly heading: string;
  /** The cells of each row by the heads of the table. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** The whole page. */
export const page: string = readFileSync(new URL('../../docs/ecs-cli.md', import.meta.url), 'utf8');

/** What stands behind the options of a command. */
const argumentsOf: Readonly<Record<string, string>> = {
  run: ' web date',
  scale: ' 2',
  'service scale': ' 2',
  'registry-creds up': ' creds.yml',
};

/** What the tables of commands say, line by line: an option is a line for each command that has it. */
export const lines: readonly Line[] = tablesOf(page).flatMap(({ heading, rows }) =>
  rows
    .flatMap((row) => (row['Option'] === undefined ? commandLines(row) : optionLines(row)))
    .map((line) => ({
      ...line,
      ofCompose: heading.startsWith('compose'),
    })),
);

/** What stands as code in a text. */
export function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The options of a command line. */
export function flagsIn(line: string): readonly string[] {
  return line.split(' ').filter((word) => word.startsWith('-'));
}

function commandLines(row: Table['rows'][number]): readonly Omit<Line, 'ofCompose'>[] {
  return codeIn(row['ecs-cli'] ?? '').map((ecsCli) => {
    const command = commandOf(ecsCli);
    return { command, ofOption: false, ecsCli, ...answer(row, ecsCli, (words) => `${command} ${words}`) };
  });
}

function optionLines(row: Table['rows'][number]): readonly Omit<Line, 'ofCompose'>[] {
  const of = row['Of'] === undefined ? [undefined] : codeIn(row['Of']);
  return of.flatMap((command) => {
    // Those of every command are tried with one that changes nothing.
    const name = command ?? 'ps';
    const withCommand = (words: string) => `${name} ${words}${argumentsOf[name] ?? ''}`;
    return codeIn(row['Option'] ?? '').map((option) => {
      const ecsCli = withCommand(option);
      return { command, ofOption: true, ecsCli, ...answer(row, ecsCli, withCommand) };
    });
  });
}

/** What to write for a line of ecs-cli: options alone are those of the same command. */
function answer(
  row: Table['rows'][number],
  ecsCli: string,
  withCommand: (options: string) => string,
): Pick<Line, 'here' | 'note'> {
  const { 'Write here': cell = '', 'What is different': note = '' } = row;
  const [code] = codeIn(cell);
  const here = cell === 'the same' ? ecsCli : code?.startsWith('-') ? withCommand(code) : code;
  return { here, note };
}

/** The command of ecs-cli that a line begins with; the line itself where it begins with none. */
function commandOf(line: string): string {
  const words = line.split(' ');
  const beginnings = words.map((_, at) => words.slice(0, words.length - at).join(' '));
  return beginnings.find((name) => name in composeCommands || name in otherCommands) ?? line;
}

/** The tables under "Commands", but for that of the variables. */
function tablesOf(text: string): readonly Table[] {
  const [, section = ''] = /^## Commands\n(.*?)^## /ms.exec(text) ?? [];
  return section.split(/^### /m).flatMap((part) => {
    const [heading = ''] = part.split('\n');
    return [...part.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) => {
      const [head = [], , ...body] = table.trim().split('\n').map(cellsOf);
      return {
        heading,
        rows: body.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? '']))),
      };
    });
  });
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
