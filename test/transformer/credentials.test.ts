import { describe, expect, it } from 'vitest';
import { isCredential } from '../../src/transformer/credentials.ts';

describe('a secret, by the name of its variable', () => {
  it.each([
    ['MYSQL_ROOT_PASSWORD', 'somewordpress'],
    ['POSTGRES_PASSWORD', 'postgres'],
    ['DB_PASSWD', 'gitea'],
    ['SMTP_PASS', 'hunter2'],
    ['ADMIN_PWD', 'changeme'],
    ['PGADMIN_PW', 'changeit'],
    ['ME_CONFIG_MONGODB_ADMINPASSWORD', 'example'],
    ['PGPASSWORD', '12345'],
    ['dbPassword', 'x'],
    ['spring.datasource.password', 'x'],
    ['REDIS_PASSWORD_2', 'x'],
    ['JWT_SECRET', 'abc'],
    ['SECRET_KEY_BASE', 'abc'],
    ['DJANGO_SECRET_KEY', 'abc'],
    ['APP_KEY', 'base64:abc='],
    ['API_KEY', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'abc'],
    ['GITHUB_TOKEN', 'abc'],
    ['WORDPRESS_LOGGED_IN_KEY', 'abc'],
    ['WORDPRESS_AUTH_SALT', 'abc'],
    ['KEY_PASSPHRASE', 'abc'],
  ])('%s=%s', (name, value) => expect(isCredential(name, value)).toBe(true));
});

describe('a secret, by its value', () => {
  it.each([
    ['DATABASE_URL', 'mysql://root:pw@127.0.0.1:3306/mysql'],
    ['REDIS_URL', 'redis://:pw@cache:6379'],
    ['BROKERS', 'amqp://a:b@one,amqp://c:d@two'],
    ['DSN', 'root:pw@tcp(127.0.0.1:3306)/shop'],
    ['CONNECTION', 'Server=127.0.0.1;User Id=sa;Password=pw;'],
    ['CONNECTION', 'host=127.0.0.1 user=u password=pw'],
    ['JDBC', 'jdbc:mysql://127.0.0.1/x?user=u&password=pw'],
    ['SASL', 'PlainLoginModule required username="u" password="pw";'],
    ['GH', `ghp_${'a'.repeat(36)}`],
    ['HOOK', 'xoxb-123456789012-abcdef'],
    ['STRIPE', 'sk_live_abcdefghijklmnop'],
    ['CERT', '-----BEGIN RSA PRIVATE KEY-----\nMIIE…'],
    ['BEARER', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc'],
  ])('%s=%s', (name, value) => expect(isCredential(name, value)).toBe(true));
});

describe('no secret', () => {
  it.each([
    ['MYSQL_RANDOM_ROOT_PASSWORD', 'yes'],
    ['MYSQL_ALLOW_EMPTY_PASSWORD', 'true'],
    ['REQUIRE_PASSWORD', '1'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '  '],
    ['MYSQL_ROOT_PASSWORD_FILE', '/run/secrets/db-password'],
    ['DATABASE_PASSWORD', '/run/secrets/db-password'],
    ['DB_PASSWORD', '<your password>'],
    ['API_TOKEN', 'your-token-here'],
    ['API_TOKEN', 'xxxx'],
    ['API_TOKEN', '***'],
    ['DB_PASSWORD', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db'],
    ['DB_PASSWORD', '$(cat /run/secrets/db)'],
    ['DB_PASSWORD', 'vault:secret/db#password'],
    ['DB_URL', 'mysql://db:3306/shop'],
    ['DB_URL', 'mysql://root@db:3306/shop'],
    ['DB_URL', 'mysql://root:@db:3306/shop'],
    ['DB_URL', 'mysql://root:${PASSWORD}@db:3306/shop'],
    ['SENTRY_DSN', 'https://abc@sentry.io/1'],
    ['SITE_URL', 'https://example.com/a:b@c'],
    ['NGINX_PROXY_PASS', 'http://backend'],
    ['OPTIONS', 'password=$(cat /run/secrets/db)'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['TOKEN_TTL', '3600'],
    ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'],
    ['DB_SECRET_NAME', 'prod/db'],
    ['CACHE_KEY', 'users'],
    ['PRIMARY_KEY', 'id'],
    ['STRIPE_PUBLISHABLE_KEY', 'pk_live_abc'],
    ['NEXT_PUBLIC_API_KEY', 'abc'],
    ['VITE_API_KEY', 'abc'],
    ['COMPASS', 'north'],
    ['PWD', '/srv'],
    ['DB_USER', 'root'],
    ['MYSQL_DATABASE', 'secret'],
  ])('%s=%s', (name, value) => expect(isCredential(name, value)).toBe(false));

  it('takes no long time for a long text', () => {
    expect(isCredential('X', `${'a:'.repeat(20_000)}`)).toBe(false);
    expect(isCredential('X', `${'a://'.repeat(10_000)}`)).toBe(false);
    expect(isCredential('X', `${'a-'.repeat(50_000)}`)).toBe(false);
  });
});
