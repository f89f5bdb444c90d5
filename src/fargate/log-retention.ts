/**
 * For how many days CloudWatch Logs can keep the events of a log group; it takes no other number.
 *
 * Source: CloudWatch Logs API Reference, PutRetentionPolicy.
 */
export const logRetentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
