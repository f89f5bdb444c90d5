import type { ApplicationLoadBalancer } from '../src/transformer/service-settings.ts';

/** What `application_load_balancer: {}` is for a service whose container `web` publishes port 80. */
export const plainLoadBalancer: ApplicationLoadBalancer = {
  containerName: 'web',
  containerPort: 80,
  healthCheck: {
    path: '/',
    matcher: '200-399',
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
  },
  scheme: 'internet-facing',
  source: ['0.0.0.0/0'],
};
