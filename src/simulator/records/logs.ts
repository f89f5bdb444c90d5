export interface LogGroup {
  readonly arn: string;
  readonly logGroupName: string;
  readonly creationTime: number;
  readonly tags: Readonly<Record<string, string>>;
  retentionInDays?: number;
}
