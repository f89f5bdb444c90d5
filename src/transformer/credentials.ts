/**
 * Whether the value of a variable is a secret: a password, a token, a key, or a text that holds one, such as a URL. The
 * name tells, or the shape of the value. A weak value (`changeme`) is a secret too: the containers would accept it.
 */
export function isCredential(name: string, value: string): boolean {
  const text = value.trim();
  if (isNone(text)) return false;
  if (tokenShapes.some((shape) => shape.test(text))) return true;
  if (embedded.some((pattern) => [...text.matchAll(pattern)].some(([, secret = '']) => !isNone(secret)))) return true;
  return secretName.test(normal(name)) && !publicName.test(normal(name)) && !isAddress.test(text);
}

/** Ends of names, in the form that `normal` gives them. */
const secretName = new RegExp(
  [
    'PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|APIKEY|SECRET_KEY_BASE',
    '(?:^|_)(?:PASS|PWD|PW|CREDENTIALS?|SALT)',
    '(?:^|_)(?:ACCESS|API|APP|AUTH|COOKIE|ENCRYPTION|FERNET|JWT|LICENSE|LOGGED_IN|MASTER|NONCE|PRIVATE|SECRET|SESSION|SHARED|SIGNING)_KEY',
  ]
    .map((end) => `(?:${end})$`)
    .join('|'),
);

/** Names by which front-end tools hand a value to everybody's browser. */
const publicName = /(?:^|_)(?:PUBLIC|PUBLISHABLE)_|^(?:VITE|REACT_APP)_/;

/** Values that hold no secret themselves. */
const nothings: readonly RegExp[] = [
  // Switches, such as MYSQL_RANDOM_ROOT_PASSWORD: "yes".
  /^(?:yes|no|true|false|on|off|none|null|0|1)?$/i,
  // What somebody is to fill in.
  /^(?:<.*>|\[.*\]|\{\{.*\}\}|\*+|x{3,}|\.{3}|…|your[-_ ].*|replace[-_ ]?me|redacted|todo)$/i,
  // A reference to where the secret is: a path, an ARN, another variable, a vault.
  /^(?:\.{0,2}\/[\w./-]*|arn:.*|\$.*|(?:vault|op|ssm|file|env):.*)$/i,
];

/** A URL that would have been found by what is embedded in it. */
const isAddress = /^[a-z][\w+.-]*:\/\//i;

/** Secrets within a text: the password of a URL, and that of a data source name. */
const embedded: readonly RegExp[] = [
  /:\/\/[^\s/:@?#]*:([^\s/@]+)@/g,
  /\b(?:password|passwd|pwd)\s*=\s*["']?([^"';&,\s]+)/gi,
  // user:password@tcp(host:port), as Go writes it.
  /^[^\s/:@]+:([^\s@]+)@(?:tcp|unix)\(/g,
];

/** Tokens that can be told by their shape: GitHub, GitLab, Slack, Stripe, Google, npm, SendGrid, PEM, JWT. */
const tokenShapes: readonly RegExp[] = [
  /^(?:gh[pousr]_|github_pat_)\w{20,}$/,
  /^glpat-[\w-]{20,}$/,
  /^xox[abeoprs]-[\w-]{10,}$/,
  /^[rs]k_live_\w{16,}$/,
  /^AIza[\w-]{35}$/,
  /^npm_\w{36}$/,
  /^SG\.[\w-]{16,}\.[\w-]{16,}$/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*$/,
];

function isNone(text: string): boolean {
  return nothings.some((pattern) => pattern.test(text));
}

/** `dbPassword2`, `db.password` and `DB_PASSWORD_2` as `DB_PASSWORD`. */
function normal(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, '_')
    .replace(/_?\d+$/, '');
}
