// Runs the benchmark programs (build/.../bench/bench_*), each of which prints one JSON object a line
// {name, value, unit, peer, peer_value, ratio, target, met}, and adds the machine they ran on.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const [folder, ...rest] = process.argv.slice(2);
const names = [];
let jsonFile = null;
let full = false;
for (let i = 0; i < rest.length; i += 1) {
  if (rest[i] === '--json') jsonFile = rest[(i += 1)];
  else if (rest[i] === '--full') full = true;
  else names.push(rest[i]);
}

const machine = {
  cpu: cpus()[0].model,
  cores: cpus().length,
  memory_gib: Math.round(totalmem() / 2 ** 30),
  system: readFileSync('/etc/os-release', 'utf8').match(/PRETTY_NAME="(.*)"/)[1],
  date: new Date().toISOString().slice(0, 10),
};

const programs = readdirSync(folder).filter((name) => /^bench_[a-z0-9_]+$/.test(name)).sort();
// A program says with --list which figures it measures, so that a name picks just what is needed.
const wanted = programs.filter((program) => {
  if (names.length === 0) return true;
  const figures = execFileSync(join(folder, program), ['--list'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  return figures.some((figure) => names.some((name) => figure.startsWith(name)));
});
if (wanted.length === 0) {
  console.error(`no figure is called ${names.join(', ')}`);
  process.exit(2);
}

// By default every figure takes seconds; --full measures at the sizes and over the times that the documentation quotes.
const env = { ...process.env, ...(full ? { BANSO_BENCH_FULL: '1' } : {}) };
const figures = [];
let failed = false;
for (const program of wanted) {
  console.error(`== ${program}`);
  const run = spawnSync(join(folder, program), names, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) {
    console.error(`${program} ended with ${run.status ?? run.signal}`);
    failed = true;
  }
  for (const line of run.stdout.split('\n').filter((text) => text.startsWith('{'))) {
    figures.push({ ...JSON.parse(line), machine });
  }
}

const show = (value) => (value === null || value === undefined ? '–' : typeof value === 'number' ? +value.toPrecision(4) : value);
console.log(`| figure | value | unit | peer | peer value | ratio | target | met |\n|---|---:|---|---|---:|---:|---:|---|`);
for (const f of figures) {
  const met = f.met === null || f.met === undefined ? '–' : f.met ? 'yes' : 'no';
  console.log(`| ${[f.name, show(f.value), f.unit, show(f.peer), show(f.peer_value), show(f.ratio), show(f.target), met].join(' | ')} |`);
}
console.log(`\n${machine.cpu}, ${machine.cores} cores, ${machine.memory_gib} GiB, ${machine.system}, ${machine.date}`);
if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(figures, null, 2)}\n`);
process.exit(failed ? 1 : 0);
