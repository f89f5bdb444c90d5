import { type ImageName, officialImage } from '../fargate/images.ts';

/** What is known of some widely used images. Source of each row: the image's page on Docker Hub. */

/** Databases, by the last part of the image's name. A cache is none: to lose it loses nothing. */
const databases: ReadonlySet<string> = new Set([
  'arangodb',
  'cassandra',
  'clickhouse',
  'clickhouse-server',
  'cockroach',
  'couchbase',
  'couchdb',
  'elasticsearch',
  'influxdb',
  'mariadb',
  'mongo',
  'mongodb',
  'mysql',
  'neo4j',
  'opensearch',
  'percona',
  'percona-server',
  'pgvector',
  'postgis',
  'postgres',
  'postgresql',
  'rethinkdb',
  'surrealdb',
  'timescaledb',
]);

/** Whether the image is a database. */
export function isDatabase({ repository }: ImageName): boolean {
  return databases.has(lastPart(repository)) || repository === 'mssql/server';
}

/** An address that a program looks for when it is told of none. */
export interface DefaultHost {
  /** The host of that address. */
  readonly host: string;
  /** The variables that set another; the first one is the one to use. */
  readonly variables: readonly [string, ...string[]];
  /** What to set it to where the other service is in the same task. */
  readonly value: string;
}

/** By the last part of the image's name. */
const defaultHosts: Readonly<Record<string, DefaultHost>> = {
  adminer: { host: 'db', variables: ['ADMINER_DEFAULT_SERVER'], value: '127.0.0.1' },
  kibana: {
    host: 'elasticsearch',
    variables: ['ELASTICSEARCH_HOSTS', 'ELASTICSEARCH_URL'],
    value: 'http://127.0.0.1:9200',
  },
  'mongo-express': {
    host: 'mongo',
    variables: ['ME_CONFIG_MONGODB_URL', 'ME_CONFIG_MONGODB_SERVER'],
    value: 'mongodb://127.0.0.1:27017',
  },
  phpmyadmin: { host: 'db', variables: ['PMA_HOST', 'PMA_HOSTS', 'PMA_ARBITRARY'], value: '127.0.0.1' },
  wordpress: { host: 'mysql', variables: ['WORDPRESS_DB_HOST'], value: '127.0.0.1' },
};

/** The address that the image looks for when it is told of none; undefined where none is known. */
export function defaultHost({ repository }: ImageName): DefaultHost | undefined {
  const name = lastPart(repository);
  return Object.hasOwn(defaultHosts, name) ? defaultHosts[name] : undefined;
}

/** Whether people enter the address of a server in the image's pages. */
export function asksForServer({ repository }: ImageName): boolean {
  return repository === 'dpage/pgadmin4';
}

/**
 * MiB without which the program of an image ends as soon as it is started; undefined where none is known. Source:
 * Microsoft Learn, "Quickstart: Run SQL Server Linux container images with Docker", prerequisites.
 */
export function leastMemory({ repository }: ImageName): number | undefined {
  return repository === 'mssql/server' ? 2000 : undefined;
}

/** Programs that health checks call, and that many images lack. */
export const healthPrograms = ['curl', 'wget', 'mysqladmin'] as const;

export type HealthProgram = (typeof healthPrograms)[number];

/** Whether an image is known to hold a program. MariaDB's have no mysqladmin since 11.0.1 (its release notes). */
export function holdsProgram(image: ImageName, program: HealthProgram): boolean {
  const official = officialImage(image);
  if (program === 'wget') return /alpine/.test(`${image.repository}:${image.tag ?? ''}`);
  if (program === 'curl') return official === 'elasticsearch';
  return official === 'mysql' || official === 'percona' || (official === 'mariadb' && /^10\b/.test(image.tag ?? ''));
}

function lastPart(repository: string): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}
