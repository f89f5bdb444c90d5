/** A refusal in the service's own words; `code` is what the SDK shows as the error's name. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** Members beside the message, such as `resourceIds` of a ConflictException. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
