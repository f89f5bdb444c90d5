import { type Account, type Call, emptyAccount } from './account.ts';
import type { AccountFile } from './account-file.ts';
import type { Change, Rules } from './operations/operation.ts';
import { OPERATIONS } from './operations/table.ts';
import { advance } from './scheduler.ts';

/** The log of the calls that changed an account, and the account that they make. */
export class Ledger {
  readonly #file: AccountFile | undefined;
  #calls: Call[] = [];
  #account: Account = emptyAccount();
  #stamp: string | undefined;

  /** Without a file the account lives as long as the process. */
  constructor(file?: AccountFile) {
    this.#file = file;
  }

  /**
   * The account as it is at a moment, with what other commands have done and what its services have done by
   * themselves. Throws `AccountFileError`.
   */
  account(at: number): Account {
    const account = this.#read();
    advance(account, at);
    return account;
  }

  /** Makes a change and writes it down, or refuses it with an `ApiError`; gives the call's output. */
  async change(operation: Change, call: Call<never>, rules: Rules): Promise<object> {
    const work = (): object => {
      const account = this.account(call.at);
      operation.check?.(account, call, rules);
      const output = apply(account, operation, call);
      this.#calls.push(call);
      this.#save();
      return output;
    };
    return this.#file === undefined ? work() : this.#file.locked(work);
  }

  /** Sees whether the file can be read and changed, so that a command can say so before it begins. */
  async probe(): Promise<void> {
    await this.#file?.locked(() => this.#read());
  }

  #read(): Account {
    const stamp = this.#file?.stamp();
    if (this.#file !== undefined && stamp !== this.#stamp) {
      const calls: Call[] = [];
      const account = emptyAccount();
      this.#file.read((call) => {
        advance(account, call.at);
        apply(account, changeOf(call), call as Call<never>);
        calls.push(call);
      });
      this.#calls = calls;
      this.#account = account;
      this.#stamp = stamp;
    }
    return this.#account;
  }

  #save(): void {
    if (this.#file === undefined) return;
    // If the file cannot be written, the account is read anew: what was not written has not happened.
    this.#stamp = 'unsaved';
    this.#file.write(this.#calls);
    this.#stamp = this.#file.stamp();
  }
}

function changeOf({ service, operation }: Call): Change {
  const found = OPERATIONS[service][operation];
  if (found === undefined || 'answer' in found) throw new Error(`${operation} changes nothing.`);
  return found;
}

function apply(account: Account, operation: Change, call: Call<never>): object {
  const output = operation.apply(account, call);
  account.changes += 1;
  return output;
}
