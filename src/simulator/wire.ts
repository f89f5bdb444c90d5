import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './api-error.ts';
import { hexadecimal } from './identifiers.ts';
import { queryInput, xml } from './query.ts';

/** A call as it came in; `service` is the name that signatures use, whether the simulator models it or not. */
export interface Request {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: unknown;
  readonly protocol: Protocol;
}

export interface Response {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** How a service writes its answers. */
interface Protocol {
  answer(request: Pick<Request, 'service' | 'operation'>, output: object): Response;
  refuse(request: Pick<Request, 'service' | 'operation'>, error: ApiError): Response;
}

/** The services whose operations are told apart by the `X-Amz-Target` header, by the first part of its value. */
const TARGETS: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  Logs_20140328: 'logs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  secretsmanager: 'secretsmanager',
  AmazonSSM: 'ssm',
  AnyScaleFrontendService: 'application-autoscaling',
  Route53AutoNaming_v20170314: 'servicediscovery',
};

const JSON_TYPE = 'application/x-amz-json-1.1';

/** JSON 1.1, which all these services speak. */
export const jsonProtocol: Protocol = {
  answer: (_, output) => ({ status: 200, contentType: JSON_TYPE, body: JSON.stringify(output) }),
  refuse: (_, { code, message, status, members }) => ({
    status,
    contentType: JSON_TYPE,
    body: JSON.stringify({ __type: code, message, ...members }),
  }),
};

/** Parameters of a form in, XML out, which EC2 speaks and, with other envelopes, CloudFormation, IAM and STS. */
const queryProtocol: Protocol = {
  answer: ({ service, operation }, output) => ({
    status: 200,
    contentType: 'text/xml;charset=UTF-8',
    body: xml(
      `${operation}Response`,
      service === 'ec2'
        ? { requestId: requestId(operation), ...output }
        : { [`${operation}Result`]: output, ResponseMetadata: { RequestId: requestId(operation) } },
      service === 'ec2' ? 'item' : 'member',
    ),
  }),
  refuse: ({ service, operation }, { code, message, status }) => {
    const error = { Code: code, Message: message };
    const body =
      service === 'ec2'
        ? xml('Response', { Errors: { Error: error }, RequestID: requestId(operation) })
        : xml('ErrorResponse', { Error: { Type: 'Sender', ...error }, RequestId: requestId(operation) });
    return { status, contentType: 'text/xml;charset=UTF-8', body };
  },
};

/**
 * Reads an HTTP request as a call; throws an `ApiError` for a body that is no JSON. What is no call at all gets an
 * operation that names its method and path.
 */
export function readRequest(method: string, path: string, headers: IncomingHttpHeaders, body: string): Request {
  const [, scopeRegion, scopeService] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const region = scopeRegion ?? 'us-east-1';
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', operation = ''] = target.split('.');
    const service = TARGETS[prefix] ?? scopeService ?? prefix;
    return { service, operation, region, input: jsonInput(body), protocol: jsonProtocol };
  }
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const { Action: operation = '', ...input } = queryInput(body);
    return { service: scopeService ?? 'ec2', operation: String(operation), region, input, protocol: queryProtocol };
  }
  const operation = `${method} ${path}`;
  return { service: scopeService ?? 'http', operation, region, input: {}, protocol: jsonProtocol };
}

function jsonInput(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new ApiError('SerializationException', 'The body of the request is no JSON.');
  }
}

/** A moment, in milliseconds since 1970, as JSON 1.1 carries it. */
export function epochSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** The same as XML carries it. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function requestId(seed: string): string {
  return hexadecimal(32, seed).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
