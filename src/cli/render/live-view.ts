import { DefaultRenderer, Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput, type SimpleRenderer } from 'listr2';
import type { OperationSummary, TaskProgress } from '../../deployer.ts';
import { printable } from '../../diagnostics/printable.ts';
import { displayPath } from '../findings.ts';
import type { Io } from '../io.ts';
import type { OnlineEvent } from '../online/event.ts';
import type { Renderer } from './renderer.ts';
import { containerWords, formatEvent, wordsOf } from './words.ts';

/** The view is at most 24 lines high: so many operations, and so many tasks below the one at hand. */
const maxRows = 14;
const maxTasks = 8;

/** listr2 looks at stdout to see whether there is a terminal; this view is on stderr. */
class StderrRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

/** One operation on the screen. */
interface Row {
  readonly title: string;
  /** Its result. */
  readonly done: Promise<string>;
  readonly complete: (result: string) => void;
  readonly abandon: () => void;
  wrapper?: Pick<ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>, 'title' | 'output'>;
}

/** The live view of a plan on a terminal: a row an operation, below it how far its tasks have come. */
export class LiveView implements Renderer {
  readonly #io: Io;
  readonly #shown: (path: string) => string;
  /** What is said while the rows are on the screen; it is shown below them. */
  readonly #held: string[] = [];
  readonly #tasks = new Map<string, TaskProgress>();
  #rows: readonly Row[] = [];
  #finished: Promise<unknown> | undefined;

  constructor(io: Io) {
    this.#io = io;
    this.#shown = displayPath(io.host);
  }

  show(event: OnlineEvent): void {
    if (this.#showAsRow(event)) return;
    const words = wordsOf(event, this.#shown);
    if (words === undefined) return;
    const { color, columns } = this.#io.error;
    const text = formatEvent(event, words, { color, columns, displayPath: this.#shown });
    if (this.#finished === undefined) this.#io.error.write(text);
    else this.#held.push(text);
  }

  /** Whether the event was shown by the rows of the view. */
  #showAsRow(event: OnlineEvent): boolean {
    if (event.code === 'plan/made' && event.data.changes) this.#start(event.data.operations);
    else if (this.#finished === undefined) return false;
    else if (event.code === 'operation/done') this.#rows[event.data.index]?.complete(event.data.result);
    else if (event.code === 'task/changed') this.#progress(event.data);
    else if (event.code === 'docker/output') this.#showLine(event.data.line);
    else return event.code === 'operation/started';
    return true;
  }

  async close(): Promise<void> {
    for (const { abandon } of this.#rows) abandon();
    await this.#finished?.catch(() => undefined);
    this.#finished = undefined;
    for (const text of this.#held.splice(0)) this.#io.error.write(text);
  }

  #start(operations: readonly OperationSummary[]): void {
    this.#rows = operations.map(({ sentence }) => newRow(printable(sentence)));
    const stream = {
      write: (text: string) => {
        this.#io.error.write(text);
        return true;
      },
      columns: this.#io.error.columns,
      rows: 24,
      isTTY: true,
    };
    const output = new ProcessOutput(stream as never, stream as never);
    const list = new Listr(
      this.#rows.slice(0, maxRows).map((row, index) => ({
        title: row.title,
        task: async (_, wrapper) => {
          row.wrapper = wrapper;
          this.#showTasks();
          const result = await row.done;
          const last = index === maxRows - 1 && this.#rows.length > maxRows;
          if (last) await Promise.all(this.#rows.slice(maxRows).map(({ done }) => done));
          if (!row.title.includes(result)) wrapper.title = `${row.title}: ${printable(result)}`;
        },
        rendererOptions: { outputBar: maxTasks },
      })),
      {
        renderer: StderrRenderer,
        rendererOptions: {
          logger: new ListrLogger({ processOutput: output }),
          formatOutput: 'truncate',
          showErrorMessage: false,
        },
        // Ctrl-C is the command's to handle.
        registerSignalListeners: false,
      },
    );
    this.#finished = list.run();
    this.#finished.catch(() => undefined);
  }

  #progress(progress: TaskProgress): void {
    this.#tasks.set(progress.task, progress);
    this.#showTasks();
  }

  /** Below the row at hand. */
  #showLine(line: string): void {
    const row = this.#rows.findLast(({ wrapper }) => wrapper !== undefined);
    if (row?.wrapper !== undefined) row.wrapper.output = printable(line);
  }

  #showTasks(): void {
    const row = this.#rows.findLast(({ wrapper }) => wrapper !== undefined);
    if (row?.wrapper === undefined) return;
    for (const { task, status, containers } of [...this.#tasks.values()].slice(-maxTasks)) {
      row.wrapper.output = printable(`${task.slice(0, 8)} ${status}  ${containers.map(containerWords).join(', ')}`);
    }
  }
}

function newRow(title: string): Row {
  let complete: Row['complete'] = () => undefined;
  let abandon: Row['abandon'] = () => undefined;
  const done = new Promise<string>((resolve, reject) => {
    complete = resolve;
    abandon = () => reject(new Error('This was not finished.'));
  });
  // Nobody waits for a row that was never reached.
  done.catch(() => undefined);
  return { title, done, complete, abandon };
}
