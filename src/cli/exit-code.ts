/** What a command ends with. Scripts rely on these: they never change their meaning. */
export const exitCode = {
  done: 0,
  /** The input has errors, or warnings with --strict. */
  findings: 1,
  usage: 2,
  /** AWS refused or could not be reached. */
  refused: 3,
  /** It was deployed and failed: a task stopped, a container exited, it was not stable in time. */
  failed: 4,
  /** `plan --exit-code`: there are changes. */
  changes: 5,
  /** `run`: whatever failed before the container ran; what it ended with itself is passed on. */
  notRun: 125,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
