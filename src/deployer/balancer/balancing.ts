/** What the deployer asks of Elastic Load Balancing. Every method may throw an `AwsError`. */
export interface Balancing {
  /** The ARN of the load balancer that sends traffic to a target group; undefined where none does. */
  loadBalancerOf(targetGroupArn: string): Promise<string | undefined>;
}
