import { describe, expect, it } from 'vitest';
import { hostMentions } from '../../src/transformer/host-mentions.ts';

const names: ReadonlySet<string> = new Set(['app', 'backend', 'db', 'es', 'mongo', 'node', 'php', 'redis', 'web']);

/** The mentions in a text, as they stand there, and the port behind "->". */
function found(text: string): string[] {
  return hostMentions(text, names).map(({ start, end, port }) => {
    return text.slice(start, end) + (port === undefined ? '' : ` -> ${port}`);
  });
}

describe('what addresses a sibling in a file', () => {
  it.each([
    ['nginx', '    proxy_pass http://backend:8000;', ['backend:8000 -> 8000']],
    ['nginx without a port', 'proxy_pass http://backend;', ['backend -> 80']],
    ['nginx with TLS', 'proxy_pass https://backend/;', ['backend -> 443']],
    ['FastCGI', 'fastcgi_pass php:9000;', ['php:9000 -> 9000']],
    ['an upstream', 'upstream x { server app:3000; server web:3001; }', ['app:3000 -> 3000', 'web:3001 -> 3001']],
    ['Logstash', 'hosts => ["http://es:9200"]', ['es:9200 -> 9200']],
    ['Grafana', '    url: http://web:9090', ['web:9090 -> 9090']],
    ['Prometheus', '  - targets: ["app:8080", "web:80"]', ['app:8080 -> 8080', 'web:80 -> 80']],
    ['a JavaScript proxy', `  "proxy": "http://backend:80",`, ['backend:80 -> 80']],
    ['MongoDB', `"mongodb://u:p@mongo:27017,db:27018/x"`, ['mongo:27017 -> 27017', 'db:27018 -> 27018']],
    ['JDBC', 'String url = "jdbc:mysql://db:3306/x";', ['db:3306 -> 3306']],
    ['JDBC without a port', 'spring.datasource.url=jdbc:postgresql://db/${X}', ['db']],
    ['Go', 'sql.Open("mysql", fmt.Sprintf("root:%s@tcp(db:3306)/%s", pw, name))', ['db:3306 -> 3306']],
    ['.NET', 'var c = "server=db;user id=root;database=x";', ['db']],
    ['libpq', 'connect("host=db port=5432 user=x")', ['db']],
    ['a Python argument', "Redis(host='redis', port=6379)", ['redis']],
    ['a Python default', 'def connect(self, host="db", user="root"):', ['db']],
    ['a Node option', "createConnection({ host: 'db' })", ['db']],
    ['JSON', '  "dbHost": "db",', ['db']],
    ['PHP', "  'hostname' => 'db',", ['db']],
    ['a constant of PHP', "define('DB_HOST', 'db');", ['db']],
    ['Ruby', `gitlab_rails['redis_host'] = "redis"`, ['redis']],
    ['Kafka', 'controller.quorum.voters=1@app:9093', ['app:9093 -> 9093']],
    ['YAML', 'redis:\n  host: redis', ['redis']],
    ['properties', 'spring.redis.host=redis', ['redis']],
    ['an ini file', 'db_host = db', ['db']],
    ['a variable of a Dockerfile', 'ENV DB_HOST=db', ['db']],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));
});

describe('what only looks like it', () => {
  it.each([
    ['a comment', '# proxy_pass http://backend:8000;'],
    ['a comment of a program', '  // fetch("http://backend:8000")'],
    ['a base image', 'FROM node:18 AS build'],
    ['an image in a manifest', '    image: redis:72'],
    ['a command of Docker', 'docker run --rm redis:72'],
    ['another host', 'http://db.example.com:80 http://my-db:80 "db.internal:5432"'],
    ['a path', 'https://example.com/db:3306'],
    ['a user and a password', 'https://db:db@example.com'],
    ['an argument that is a variable', 'Dash(__name__, server=app)'],
    ['arguments that are variables', 'connect(host, db)'],
    ['a variable of a program', 'const server = app;\nconst host = db.host;'],
    ['a property of one', "import app from 'app'; app.get('/db');"],
    ['what a program has written', `{"a":"${'x'.repeat(1000)}","u":"http://backend:80"}`],
    ['a key without the name alone', 'host: db and web'],
  ])('%s', (_, text) => expect(found(text)).toEqual([]));
});

it('tells where they stand', () => {
  expect(hostMentions('a\nhttp://x:1,http://db\n', names)).toEqual([{ start: 20, end: 22, host: 'db', port: 80 }]);
});
