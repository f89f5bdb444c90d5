// `npm run bench:growth`: time and memory of `config` for 1,000 and 5,000 services, taken in turns, in one run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'bin/compose2fargate.js');
const rounds = Number(process.argv[2] ?? 5);

if (!existsSync(join(root, 'dist/cli.cjs'))) execFileSync('node', ['scripts/build.mjs'], { cwd: root });

/** A service as people write them: 29 lines, 800 bytes. */
const ordinary = (index) => `  service${index}:
    image: registry.example.com/team/service${index}:1.4.${index}
    restart: unless-stopped
    command: ["serve", "--port", "8080"]
    environment:
      DATABASE_URL: postgres://app@db${index}:5432/app
      CACHE_URL: redis://cache:6379/${index}
      LOG_LEVEL: info
      WORKERS: 4
      FEATURE_FLAGS: "a,b,c"
    ports:
      - "${10_000 + index}:8080"
      - target: 9090
        protocol: tcp
    volumes:
      - data${index % 50}:/var/lib/app
    healthcheck:
      test: ["CMD", "wget", "-q", "http://127.0.0.1:8080/health"]
      interval: 30s
      timeout: 5s
      retries: 3
    deploy:
      resources:
        limits: { cpus: "0.5", memory: 256M }
    labels:
      com.example.team: shop
      com.example.tier: "${index % 3}"
    networks: [front, back]
`;

/** The same with each service waiting for the one before it. */
const chained = (index) => ordinary(index) + (index === 0 ? '' : `    depends_on: [service${index - 1}]\n`);

function project(count, service) {
  const services = Array.from({ length: count }, (_, index) => service(index)).join('');
  const volumes = Array.from({ length: 50 }, (_, index) => `  data${index}:\n`).join('');
  return `services:\n${services}volumes:\n${volumes}networks:\n  front:\n  back:\n`;
}

const folder = mkdtempSync(join(tmpdir(), 'compose2fargate-growth-'));
const subjects = [
  { name: '1,000 services', count: 1_000, service: ordinary },
  { name: '5,000 services', count: 5_000, service: ordinary },
  { name: '1,000 in a chain', count: 1_000, service: chained },
  { name: '5,000 in a chain', count: 5_000, service: chained },
].map(({ name, count, service }, index) => {
  const file = join(folder, `${index}.yaml`);
  writeFileSync(file, project(count, service));
  return { name, file, seconds: [], megabytes: [] };
});

// The process says itself what it had in memory at the most.
const peak = 'process.on("exit", () => process.stderr.write(`${process.resourceUsage().maxRSS}`))';
const preload = `data:text/javascript,${encodeURIComponent(peak)}`;
for (let round = 0; round < rounds; round += 1) {
  for (const { name, file, seconds, megabytes } of subjects) {
    const start = process.hrtime.bigint();
    const args = ['--import', preload, cli, '-f', file, 'config', '-q'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
    megabytes.push(Number(stderr) / 1000);
  }
}
rmSync(folder, { recursive: true });

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
console.log(`${rounds} rounds, node ${process.version}, medians`);
const times = subjects.map(({ name, seconds, megabytes }) => {
  console.log(`${name.padEnd(18)} ${median(seconds).toFixed(2)} s  ${median(megabytes).toFixed(0)} MB`);
  return median(seconds);
});
const verdict = (value, budget) => (value <= budget ? '' : '  OVER');
console.log(`1,000: budget 1.5 s, 200 MB${verdict(times[0], 1.5)}`);
for (const [name, small, large] of [
  ['services', times[0], times[1]],
  ['in a chain', times[2], times[3]],
]) {
  console.log(`5,000 ${name}: ${(large / small).toFixed(1)} times as long (budget 6)${verdict(large / small, 6)}`);
}
