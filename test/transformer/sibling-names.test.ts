import { describe, expect, it } from 'vitest';
import { rewriteShell, rewriteValue, suspectedName } from '../../src/transformer/sibling-names.ts';

const names: ReadonlySet<string> = new Set([
  'backend',
  'cache',
  'db',
  'elastic_1',
  'gitea',
  'grafana',
  'kafka-1',
  'kafka-2',
  'mongo',
  'mysql',
  'postgres',
  'prometheus',
  'redis',
  'redpanda',
  'wordpress',
  '172.20.0.2',
]);

describe('R1: the hosts of a URL', () => {
  it.each([
    ['a host alone', 'http://backend', 'http://127.0.0.1'],
    ['a port', 'http://backend:8000/health?db=1#db', 'http://127.0.0.1:8000/health?db=1#db'],
    ['user and password', 'mysql://root:pw@db:3306/mysql', 'mysql://root:pw@127.0.0.1:3306/mysql'],
    ['everything called the same', 'postgres://db:db@db/db', 'postgres://db:db@127.0.0.1/db'],
    ['an @ in the password', 'postgres://u:p@ss@db/x', 'postgres://u:p@ss@127.0.0.1/x'],
    ['a scheme of two parts', 'jdbc:mysql://db:3306/shop', 'jdbc:mysql://127.0.0.1:3306/shop'],
    ['what ends at a semicolon', 'jdbc:sqlserver://db:1433;user=db', 'jdbc:sqlserver://127.0.0.1:1433;user=db'],
    ['a list of hosts', 'mongodb://a:1@mongo:27017,db:27018/x', 'mongodb://a:1@127.0.0.1:27017,127.0.0.1:27018/x'],
    ['a list of URLs', 'http://kafka-1:80,http://kafka-2:81', 'http://127.0.0.1:80,http://127.0.0.1:81'],
    ['one sibling of two hosts', 'http://db:1,example.com:2', 'http://127.0.0.1:1,example.com:2'],
    ['a URL in a sentence', 'see "http://backend/" and go', 'see "http://127.0.0.1/" and go'],
    ['an address of the Compose network', 'http://172.20.0.2/', 'http://127.0.0.1/'],
  ])('%s', (_, value, expected) => {
    expect(rewriteValue('ANYTHING', value, names).text).toBe(expected);
    expect(rewriteShell(value, names).text).toBe(expected);
  });
});

describe('R2: a host with a port', () => {
  it.each([
    ['db:3306', '127.0.0.1:3306'],
    ['kafka-1:9092,kafka-2:9092', '127.0.0.1:9092,127.0.0.1:9092'],
    ['primary=db:5432;replica=cache:5433', 'primary=127.0.0.1:5432;replica=127.0.0.1:5433'],
    ['["elastic_1:9200"]', '["127.0.0.1:9200"]'],
    ['db:3306/shop', '127.0.0.1:3306/shop'],
    ['1@kafka-1:9093,2@kafka-2:9094', '1@127.0.0.1:9093,2@127.0.0.1:9094'],
  ])('%s', (value, expected) => {
    expect(rewriteValue('ANYTHING', value, names).text).toBe(expected);
    expect(rewriteShell(value, names).text).toBe(expected);
  });
});

describe('R3: a bare name where the variable or flag holds an address', () => {
  it.each([
    'DB_HOST',
    'PGHOST',
    'REDIS_HOSTS',
    'DB_HOSTNAME',
    'DB_HOST_NAME',
    'BACKEND_ADDR',
    'SMTP_ADDRESS',
    'UPSTREAM',
    'ES_SERVERS',
    'S3_ENDPOINT',
    'KAFKA_BROKERS',
    'CLUSTER_NODES',
    'API_URL',
    'MONGO_URI',
    'REDIS_MASTER',
    'HTTP_PROXY',
    'advertise-addr',
    'redisHost',
  ])('%s', (key) => {
    expect(rewriteValue(key, 'db', names).text).toBe('127.0.0.1');
  });

  it('rewrites a list that has siblings only', () => {
    expect(rewriteValue('ES_HOSTS', 'db, cache', names).text).toBe('127.0.0.1, 127.0.0.1');
    expect(rewriteValue('ES_HOSTS', 'db,es.example.com', names).text).toBe('db,es.example.com');
  });

  it.each(['DB_USER', 'DB_PASSWORD', 'DB_NAME', 'POSTGRES_DB', 'SCHEMA', 'API_TOKEN', 'CACHE_KEY', 'QUEUE_TYPE'])(
    'leaves %s alone',
    (key) => expect(rewriteValue(key, 'db', names)).toEqual({ text: 'db', changes: [] }),
  );
});

describe('R3: a bare name behind a flag that holds an address, among others', () => {
  it.each([
    ['-Xmx2g -Dredis.host=redis -Dname=db', '-Xmx2g -Dredis.host=127.0.0.1 -Dname=db'],
    ['--db-host=db --db-name=db', '--db-host=127.0.0.1 --db-name=db'],
    ['"-Ddb.hostname=db"', '"-Ddb.hostname=127.0.0.1"'],
    ['-Ddb.host=db.internal', '-Ddb.host=db.internal'],
  ])('%s', (value, expected) => {
    expect(rewriteValue('JAVA_OPTS', value, names).text).toBe(expected);
    expect(rewriteShell(value, names).text).toBe(expected);
  });
});

describe('R4: the host of a data source name', () => {
  it.each([
    ['host=db port=5432 user=db dbname=db', 'host=127.0.0.1 port=5432 user=db dbname=db'],
    ['Server=db;Database=master;User=sa', 'Server=127.0.0.1;Database=master;User=sa'],
    ['Server=tcp:db,1433;User=sa', 'Server=tcp:127.0.0.1,1433;User=sa'],
    ['Data Source=db;Initial Catalog=db', 'Data Source=127.0.0.1;Initial Catalog=db'],
    ['user:pw@tcp(db:3306)/shop', 'user:pw@tcp(127.0.0.1:3306)/shop'],
    ['user:pw@tcp(db)/shop', 'user:pw@tcp(127.0.0.1)/shop'],
    ['addr=redis db=0', 'addr=127.0.0.1 db=0'],
  ])('%s', (value, expected) => {
    expect(rewriteValue('ANYTHING', value, names).text).toBe(expected);
    expect(rewriteShell(value, names).text).toBe(expected);
  });
});

describe('R5: the usual clients on a line for a shell', () => {
  it.each([
    ['pg_isready -h db -U db', 'pg_isready -h 127.0.0.1 -U db'],
    ['mysqladmin ping -hdb', 'mysqladmin ping -h127.0.0.1'],
    ['mysql --host=db -e "select 1"', 'mysql --host=127.0.0.1 -e "select 1"'],
    ['redis-cli --hostname redis ping', 'redis-cli --hostname 127.0.0.1 ping'],
    ['until nc -z db 3306; do sleep 1; done', 'until nc -z 127.0.0.1 3306; do sleep 1; done'],
    ['nc -v -z db 3306', 'nc -v -z 127.0.0.1 3306'],
    ['./wait-for-it.sh db:3306 -- db migrate', './wait-for-it.sh 127.0.0.1:3306 -- db migrate'],
    ['curl -f http://backend:80/ || exit 1', 'curl -f http://127.0.0.1:80/ || exit 1'],
  ])('%s', (line, expected) => expect(rewriteShell(line, names).text).toBe(expected));

  it.each(['echo db', 'psql -d db', 'cat /etc/db/redis.conf', 'createdb postgres', 'cp -r db cache', 'nc -l 80 db'])(
    'leaves "%s" alone',
    (line) => expect(rewriteShell(line, names)).toEqual({ text: line, changes: [] }),
  );
});

describe('the values of awesome-compose that address a sibling', () => {
  it.each([
    ['WORDPRESS_DB_HOST', 'db', '127.0.0.1'],
    ['DB_HOST', 'db:5432', '127.0.0.1:5432'],
    ['FLASK_SERVER_ADDR', 'backend:9091', '127.0.0.1:9091'],
    ['DATABASE_URL', 'mysql://root:pw@db:3306/mysql', 'mysql://root:pw@127.0.0.1:3306/mysql'],
    ['KAFKA_URL', 'kafka://redpanda:9092/order', 'kafka://127.0.0.1:9092/order'],
    [
      'advertise-kafka-addr',
      'PLAINTEXT://redpanda:29092,OUTSIDE://redpanda:9092',
      'PLAINTEXT://127.0.0.1:29092,OUTSIDE://127.0.0.1:9092',
    ],
  ])('%s=%s', (key, value, expected) => expect(rewriteValue(key, value, names).text).toBe(expected));
});

describe('values that only look like it', () => {
  it.each([
    ['DB_USER', 'gitea'],
    ['DB_NAME', 'gitea'],
    ['DB_PASSWD', 'gitea'],
    ['DB_TYPE', 'postgres'],
    ['MYSQL_DATABASE', 'wordpress'],
    ['MYSQL_USER', 'wordpress'],
    ['MYSQL_PASSWORD', 'wordpress'],
    ['WORDPRESS_DB_USER', 'wordpress'],
    ['WORDPRESS_DB_NAME', 'wordpress'],
    ['GF_SECURITY_ADMIN_USER', 'grafana'],
    ['GF_SECURITY_ADMIN_PASSWORD', 'grafana'],
    ['POSTGRES_DB', 'postgres'],
    ['POSTGRES_USER', 'postgres'],
    ['POSTGRES_PASSWORD', 'postgres'],
    ['ME_CONFIG_MONGODB_ADMINUSERNAME', 'mongo'],
    ['DATABASE_CLIENT', 'mysql'],
    ['DB_HOST', 'db.example.com'],
    ['DB_HOST', 'DB'],
    ['DB_HOST', 'localhost'],
    ['ANYTHING', 'my-db:3306'],
    ['ANYTHING', 'db-1:3306'],
    ['ANYTHING', 'db.internal:3306'],
    ['ANYTHING', 'db:3306x'],
    ['ANYTHING', 'redis:7'],
    ['REDIS_IMAGE', 'redis:72'],
    ['NO_PROXY', 'db'],
    ['cluster.initial_master_nodes', 'db,cache'],
    ['MAIL_FROM', 'gitea@db'],
    ['SITE_URL', 'https://example.com/db:3306'],
    ['SITE_URL', 'https://db.example.com/'],
    ['SITE_URL', 'https://db:db@example.com/db'],
    ['DATA_DIR', '/var/lib/mysql'],
  ])('%s=%s', (key, value) => {
    expect(rewriteValue(key, value, names)).toEqual({ text: value, changes: [] });
  });

  it('is nothing to be suspected where a URL says what its host is', () => {
    expect(suspectedName('SITE_URL', 'https://db:db@example.com/db', names)).toBeUndefined();
    expect(suspectedName('MAIL_FROM', 'gitea at db', names)).toBeUndefined();
  });

  it('is nothing to be suspected where names are not resolved', () => {
    expect(suspectedName('NO_PROXY', 'localhost,db', names)).toBeUndefined();
    expect(suspectedName('cluster.initial_master_nodes', 'db,es-2', names)).toBeUndefined();
  });
});

describe('what is only suspected', () => {
  it.each([
    ['UPSTREAM', 'db or cache', 'db'],
    ['ES_HOSTS', 'es.example.com,cache', 'cache'],
    ['DB_URL', 'oracle:thin:@db:1521', 'db'],
  ])('%s=%s', (key, value, host) => expect(suspectedName(key, value, names)).toBe(host));
});

it('tells what it changed, each as it stood', () => {
  expect(rewriteValue('MONGO_URL', 'mongodb://mongo:27017,db/x', names).changes).toEqual([
    { before: 'mongo:27017', after: '127.0.0.1:27017' },
    { before: 'db', after: '127.0.0.1' },
  ]);
});

it('changes nothing where there are no siblings', () => {
  expect(rewriteValue('DB_HOST', 'db:3306', new Set())).toEqual({ text: 'db:3306', changes: [] });
});
