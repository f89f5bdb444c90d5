import { DefaultRenderer, Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput, type SimpleRenderer } from 'listr2';
import type { OperationSummary, TaskProgress } from '../../deployer.ts';
import { printable } from '../../diagnostics/printable.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Io } from '../io.ts';
import type { OnlineEvent } from '../online/event.ts';
import type { Renderer } from './renderer.ts';
import type { EventWords, Surroundings } from './words/event-words.ts';
import { containerWords } from './words/tasks.ts';
import { formatEvent, surroundingsOf, wordsOf } from './words.ts';

/** The view is at most 24 lines high: so many operations, and so many lines below the one at hand. */
const maxRows = 14;
const maxDetails = 8;

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
  readonly #surroundings: Surroundings;
  /** What is said while the rows are on the screen; it is shown below them. */
  readonly #held: string[] = [];
  readonly #tasks = new Map<string, TaskProgress>();
  /** How far the service has come. */
  #service: string | undefined;
  /** What others say while they work: docker, and ECS in the events of a service. */
  readonly #lines: string[] = [];
  /** The last event of the service, which tells most when its rollout fails. */
  #serviceEvent: string | undefined;
  #rows: readonly Row[] = [];
  #finished: Promise<unknown> | undefined;

  constructor(io: Io, options: GlobalOptions) {
    this.#io = io;
    this.#surroundings = surroundingsOf(io, options);
  }

  show(event: OnlineEvent): void {
    if (this.#showAsRow(event)) return;
    const words = wordsOf(event, this.#surroundings);
    if (words === undefined) return;
    const text = this.#format(event, words);
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
    else if (event.code === 'rollout/changed') this.#showService(event);
    else if (event.code === 'service/event') this.#showServiceEvent(event);
    else return event.code === 'operation/started';
    return true;
  }

  #format(event: OnlineEvent, words: EventWords): string {
    const { color, columns } = this.#io.error;
    return formatEvent(event, words, { color, columns, displayPath: this.#surroundings.displayPath });
  }

  async close(): Promise<void> {
    for (const { abandon } of this.#rows) abandon();
    const isDone = await this.#finished?.then(
      () => true,
      () => false,
    );
    this.#finished = undefined;
    if (isDone === false && this.#serviceEvent !== undefined) this.#io.error.write(this.#serviceEvent);
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
          this.#showDetails();
          const result = await row.done;
          const last = index === maxRows - 1 && this.#rows.length > maxRows;
          if (last) await Promise.all(this.#rows.slice(maxRows).map(({ done }) => done));
          if (!row.title.includes(result)) wrapper.title = `${row.title}: ${printable(result)}`;
        },
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
    this.#showDetails();
  }

  #showService(event: OnlineEvent): void {
    this.#service = wordsOf(event, this.#surroundings)?.message;
    this.#showDetails();
  }

  #showServiceEvent(event: OnlineEvent): void {
    const words = wordsOf(event, this.#surroundings);
    if (words === undefined) return;
    this.#serviceEvent = this.#format(event, words);
    this.#showLine(words.message);
  }

  #showLine(line: string): void {
    this.#lines.push(line);
    this.#showDetails();
  }

  /** Below the row at hand: the service, each task once, and the last lines for which there is room. */
  #showDetails(): void {
    const row = this.#rows.findLast(({ wrapper }) => wrapper !== undefined);
    if (row?.wrapper === undefined) return;
    const tasks = [...this.#tasks.values()].map(
      ({ task, status, containers }) => `${task.slice(0, 8)} ${status}  ${containers.map(containerWords).join(', ')}`,
    );
    const states = [...(this.#service === undefined ? [] : [this.#service]), ...tasks.slice(1 - maxDetails)];
    const lines = this.#lines.slice(Math.max(0, this.#lines.length + states.length - maxDetails));
    // One output of several lines, which takes the place of the one before.
    if (states.length + lines.length > 0) row.wrapper.output = [...states, ...lines].map(printable).join('\n');
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
