import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import { sourceText } from '../../src/source/source.ts';
import { memoryHost } from '../parser/compose/project-in-memory.ts';

/** What a translation of one of the sample files of awesome-compose should say. */
interface Expectation {
  /** The facts, as the mapping's reference has them for the file. */
  readonly says: string;
  /** The findings of those facts, as `code service or text at the place`. */
  readonly findings: readonly string[];
  /** Whether a task definition without errors comes of it. */
  readonly converts?: true;
  /** Files beside the Compose file, which the cases lack: a line of each such as the sample has. */
  readonly files?: Readonly<Record<string, string>>;
  /** Values of the definition, by their paths. */
  readonly values?: Readonly<Record<string, unknown>>;
}

const cases: Readonly<Record<string, Expectation>> = {
  angular: {
    says: 'needs image; drop dev bind and node_modules mask; port 4200',
    findings: [
      'transform/build-only build',
      'transform/bind-dropped ./angular:/project',
      'transform/volume-needless /project/node_modules',
    ],
    values: { '0.portMappings.0.containerPort': 4200 },
  },
  vuejs: {
    says: 'needs image; drop dev bind and node_modules mask; port 8080',
    findings: [
      'transform/build-only build',
      'transform/bind-dropped ./vuejs:/project',
      'transform/volume-needless /project/node_modules',
    ],
    values: { '0.portMappings.0.containerPort': 8080 },
  },
  sparkjava: { says: 'needs image, then converts as is', findings: ['transform/build-only build'] },
  'elasticsearch-logstash-kibana': {
    says: '2 binds; mounted pipeline uses alias es; kibana needs ELASTICSEARCH_HOSTS; self-reference rewritten',
    files: { 'logstash/pipeline/logstash-nginx.config': 'output { elasticsearch { hosts => ["http://es:9200"] } }' },
    findings: [
      'transform/bind-refused ./logstash/pipeline/logstash-nginx.config:/usr/share/logstash/pipeline/logstash-nginx.config',
      'transform/bind-refused ./logstash/nginx.log:/home/nginx.log',
      'transform/host-in-file es:9200',
      'transform/host-in-image kibana:7.16.1',
      'transform/host-rewritten logstash',
    ],
  },
  'flask-redis': {
    says: "web needs image; app.py hard-codes host 'redis'; stop_signal",
    files: { 'app.py': "redis = Redis(host='redis', port=6379)" },
    findings: [
      'transform/bind-dropped .:/code',
      'transform/build-only build',
      'transform/host-in-file redis',
      'transform/key-dropped stop_signal',
    ],
  },
  minecraft: {
    says: 'converts but for ~/minecraft_data; memory 1.5G is 1536',
    findings: ['transform/bind-refused ~/minecraft_data:/data'],
    values: { '0.memory': 1536 },
  },
  'nextcloud-postgres': {
    says: 'converts: POSTGRES_HOST; 2 volumes, told of at the first',
    converts: true,
    findings: ['transform/host-rewritten db', 'transform/volume-lifetime nc_data:/var/www/html'],
  },
  'nextcloud-redis-mariadb': {
    says: 'converts: REDIS_HOST, MYSQL_HOST (127.0.0.1, not localhost); network isolation lost',
    converts: true,
    findings: [
      'transform/volume-lifetime nc_data:/var/www/html',
      'transform/host-rewritten redis',
      'transform/host-rewritten db',
      'transform/network-isolation dbnet',
    ],
    values: {
      '0.environment.1': { name: 'MYSQL_HOST', value: '127.0.0.1' },
      '0.environment.4': { name: 'REDIS_HOST', value: '127.0.0.1' },
    },
  },
  'nginx-aspnet-mysql': {
    says: '2 images needed; secret file; proxy_pass http://backend and host db baked in; health check 3s is 5s',
    files: {
      'proxy/conf': 'proxy_pass   http://backend:8000;',
      'backend/Program.cs': 'connection = $"server=db;user id=root;password={password};database=example";',
    },
    findings: [
      'transform/volume-lifetime db-data:/var/lib/mysql',
      'transform/build-only build',
      'transform/build-only build',
      'transform/secret-file db-password',
      'transform/secret-file db-password',
      'transform/host-in-file backend:8000',
      'transform/host-in-file db',
      'transform/health-adjusted 3s',
    ],
    values: { '1.healthCheck.interval': 5 },
  },
  'nginx-flask-mongo': {
    says: 'backend image; nginx template bind; FLASK_SERVER_ADDR rewritten; mongo:27017 baked',
    files: { 'flask/server.py': 'client = MongoClient("mongo:27017")' },
    findings: [
      'transform/bind-dropped ./flask:/src',
      'transform/key-dropped stop_signal',
      'transform/build-only build',
      'transform/bind-refused ./nginx/nginx.conf:/tmp/nginx.conf',
      'transform/host-rewritten backend:9091',
      'transform/host-in-file mongo:27017',
    ],
  },
  'nginx-golang': {
    says: 'backend image; nginx.conf bind (http://backend:80); port 80 collision',
    files: { 'proxy/nginx.conf': 'location / { proxy_pass http://backend:80; }' },
    findings: [
      'transform/build-only build',
      'transform/bind-refused type: bind',
      'transform/host-in-file backend:80',
      'transform/port-taken backend:80',
    ],
  },
  'nginx-wsgi-flask': {
    says: '2 images; default.conf bind is a template of FLASK_SERVER_ADDR, which is rewritten',
    findings: [
      'transform/build-only build',
      'transform/build-only build',
      'transform/bind-dropped ./nginx/default.conf:/tmp/default.conf',
      'transform/host-rewritten flask-app:8000',
    ],
  },
  plex: {
    says: 'error: host media bind; network_mode host, no ports declared',
    findings: [
      'transform/bind-refused ${PLEX_MEDIA_PATH}:/media/',
      'transform/network-mode host',
      'transform/nothing-published host',
    ],
  },
  'postgresql-pgadmin': {
    says: 'converts (with .env); 5050 is not 80; enter 127.0.0.1 in the UI',
    converts: true,
    findings: ['transform/host-port-dropped 5050:80', 'transform/server-entered dpage/pgadmin4:latest'],
  },
  'react-express-mysql': {
    says: '2 images; dev binds; DATABASE_HOST rewritten; secret path as value; setupProxy baked; debug ports 9229/9230',
    files: { 'frontend/src/setupProxy.js': "createProxyMiddleware({ target: 'http://backend:80' })" },
    findings: [
      'transform/network-isolation public',
      'transform/volume-lifetime back-notused:/opt/app/node_modules',
      'transform/build-only build',
      'transform/build-only build',
      'transform/bind-dropped ./backend/src:/code/src:ro',
      'transform/bind-dropped ./backend/package.json:/code/package.json',
      'transform/bind-dropped ./backend/package-lock.json:/code/package-lock.json',
      'transform/bind-dropped ./frontend/src:/code/src',
      'transform/host-rewritten db',
      'transform/secret-file db-password',
      'transform/secret-file db-password',
      'transform/host-in-file backend:80',
      'transform/debugger-published 9229:9229',
      'transform/debugger-published 9230:9230',
    ],
  },
  'sparkjava-mysql': {
    says: 'backend image; secret file; jdbc://db baked',
    files: { 'backend/src/main/java/App.java': 'getConnection("jdbc:mysql://db:3306/example", "root", password)' },
    findings: [
      'transform/volume-lifetime db-data:/var/lib/mysql',
      'transform/build-only build',
      'transform/secret-file db-password',
      'transform/secret-file db-password',
      'transform/host-in-file db:3306',
    ],
  },
  'spring-postgres': {
    says: 'backend image; secret file; jdbc://db baked: set SPRING_DATASOURCE_URL',
    files: {
      'backend/src/main/resources/application.properties':
        'spring.datasource.url=jdbc:postgresql://db:5432/${POSTGRES_DB}',
    },
    findings: [
      'transform/volume-lifetime db-data:/var/lib/postgresql/data',
      'transform/build-only build',
      'transform/secret-file db-password',
      'transform/host-in-file db:5432 (set SPRING_DATASOURCE_URL)',
    ],
  },
  wireguard: {
    says: 'error: NET_ADMIN, SYS_MODULE, /lib/modules; sysctl and 51820/udp would map',
    findings: [
      'transform/capability NET_ADMIN',
      'transform/capability SYS_MODULE',
      'transform/bind-refused /usr/share/appdata/wireguard/config:/config',
      'transform/bind-refused /usr/src:/usr/src',
      'transform/bind-refused /lib/modules:/lib/modules',
    ],
    values: {
      '0.systemControls': [{ namespace: 'net.ipv4.conf.all.src_valid_mark', value: '1' }],
      '0.portMappings.0': { containerPort: 51820, protocol: 'udp' },
    },
  },
  'wordpress-mysql': {
    says: 'converts: WORDPRESS_DB_HOST db is 127.0.0.1; DB_USER=wordpress untouched; db volume EFS',
    converts: true,
    findings: ['transform/host-rewritten db', 'transform/volume-lifetime db_data:/var/lib/mysql'],
    values: {
      '1.environment.0': { name: 'WORDPRESS_DB_HOST', value: '127.0.0.1' },
      '1.environment.3': { name: 'WORDPRESS_DB_USER', value: 'wordpress' },
    },
  },
};

/** Findings of each file that are compared: those of the facts. What every file is told of (size, logs, …) is not. */
const compared =
  /build-only|bind-|volume-(?:needless|lifetime)|host-|port-taken|server-entered|secret-file|health-adjusted|key-dropped|network-|capability|nothing-published|debugger/;

const samples = fileURLToPath(new URL('../../../shared/conformance/loader/awesome/', import.meta.url));

describe.skipIf(!existsSync(samples))('the sample files of awesome-compose (skipped without ../shared)', () => {
  it.each(Object.entries(cases).map(([name, expectation]) => ({ name, ...expectation })))(
    '$name: $says',
    ({ name, findings, converts, files, values }) => {
      const sample = JSON.parse(readFileSync(`${samples}${name}.json`, 'utf8'));
      const host = memoryHost({ ...sample.files, ...files }, { HOME: '/home/user', ...sample.env });
      const { task, diagnostics } = compile(host, { region: 'us-east-1' });
      const found = diagnostics.flatMap(({ code, source, help }) => {
        if (!compared.test(code) || source === undefined) return [];
        const [text = ''] = sourceText(source).split('\n');
        const [, set] = /\bset ([A-Z_]+) in/.exec(help ?? '') ?? [];
        return [
          `${code} ${text.replaceAll(/^["\s]+|["\s]+$/g, '')}${code === 'transform/host-in-file' && set ? ` (set ${set})` : ''}`,
        ];
      });
      expect(found.sort()).toEqual([...findings].sort());
      expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(converts !== true);
      for (const [path, value] of Object.entries(values ?? {})) {
        expect(path.split('.').reduce(step, task?.definition.containerDefinitions), path).toEqual(value);
      }
    },
  );
});

// biome-ignore lint/suspicious/noExplicitAny: it walks any definition
function step(value: any, key: string): unknown {
  return value?.[key];
}
