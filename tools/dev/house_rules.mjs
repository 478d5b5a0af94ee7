// The house rules that no compiler checks. Prints each breach with its place; exits 1 if there is one.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const breaches = [];
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(file));

// core <- engine, core <- simulation, core <- platform, {core, engine, platform} <- modules <- app.
const mayInclude = {
  core: ['core'],
  engine: ['core', 'engine'],
  simulation: ['core', 'simulation'],
  platform: ['core', 'platform'],
  modules: ['core', 'engine', 'platform', 'modules'],
  app: ['core', 'engine', 'simulation', 'platform', 'modules', 'app'],
};

function checkIncludes(file, text) {
  const layer = file.split('/')[1];
  const own = file.startsWith('src/modules/') ? file.split('/')[2] : null;
  for (const [, path] of text.matchAll(/^#include "([^"]+)"/gm)) {
    const target = path.split('/')[0];
    if (!path.includes('/') || !(target in mayInclude)) continue;
    if (!mayInclude[layer]?.includes(target)) breaches.push(`${file}: ${layer} must not include "${path}"`);
    const face = path.match(/^modules\/([^/]+)\/(.+)\.hpp$/);
    if (face && face[1] !== own && face[2] !== face[1]) breaches.push(`${file}: "${path}" is not the face of module ${face[1]}`);
  }
}

function checkModuleFolder(name) {
  const folder = join('src/modules', name);
  if (!existsSync(join(folder, `${name}.hpp`))) breaches.push(`${folder}: no face ${name}.hpp`);
  if (!existsSync(join(folder, 'README.md'))) breaches.push(`${folder}: no README.md`);
}

const lengthLimit = 600;
const forbidden = [
  [/\b(TODO|FIXME|XXX)\b/, 'an open end; finish it or say so in an issue'],
  [/\/work\/(main|shared)|\/root\//, 'a path of one machine'],
];

for (const file of files) {
  if (!/\.(cpp|hpp|ts|tsx|mjs|sh|sql)$/.test(file) || file.includes('house_rules')) continue;
  const text = readFileSync(file, 'utf8');
  if (/^src\//.test(file)) checkIncludes(file, text);
  if (/\.hpp$/.test(file) && !text.includes('#pragma once')) breaches.push(`${file}: no #pragma once`);
  const lines = text.split('\n').length;
  if (lines > lengthLimit) breaches.push(`${file}: ${lines} lines; does it still have one subject?`);
  for (const [pattern, why] of forbidden) if (pattern.test(text)) breaches.push(`${file}: ${why}`);
}
for (const entry of readdirSync('src/modules', { withFileTypes: true })) if (entry.isDirectory()) checkModuleFolder(entry.name);

// A feature owns its requests and components; what is shared never imports a feature.
for (const file of files.filter((name) => /^web\/src\/(components|lib|api)\//.test(name))) {
  if (/from '(@\/|\.\.\/)*features\//.test(readFileSync(file, 'utf8'))) breaches.push(`${file}: shared code imports a feature`);
}

for (const breach of breaches) console.log(breach);
process.exit(breaches.length ? 1 : 0);
