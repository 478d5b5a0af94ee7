// Checks answers of the server against api/openapi.yaml.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { root } from './banso.ts';

type Json = Record<string, any>;

const documents = new Map<string, Json>();

function load(file: string): Json {
  const path = resolve(file);
  let document = documents.get(path);
  if (!document) {
    document = parse(readFileSync(path, 'utf8')) as Json;
    documents.set(path, document);
  }
  return document;
}

// A JSON pointer with its file: follows `$ref`s across files.
function follow(file: string, value: Json): { file: string; value: Json } {
  while (value && typeof value.$ref === 'string') {
    const [target, pointer] = value.$ref.split('#') as [string, string];
    file = target ? join(dirname(file), target) : file;
    value = pointer
      .split('/')
      .slice(1)
      .reduce<Json>((at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], load(file));
    if (value === undefined) throw new Error(`the contract points nowhere: ${target}#${pointer}`);
  }
  return { file, value };
}

// The schema with every reference written out, so that the validator needs no files. Recursive schemas end in "true".
function expand(file: string, schema: unknown, seen: string[] = []): unknown {
  if (Array.isArray(schema)) return schema.map((item) => expand(file, item, seen));
  if (schema === null || typeof schema !== 'object') return schema;
  const node = schema as Json;
  if (typeof node.$ref === 'string') {
    const target = follow(file, node);
    const name = `${target.file}${node.$ref}`;
    return seen.includes(name) ? true : expand(target.file, target.value, [...seen, name]);
  }
  const out: Json = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'examples' || key === 'example') continue;
    out[key] = expand(file, value, seen);
  }
  return out;
}

const rootFile = join(root, 'api/openapi.yaml');
const ajv = new Ajv2020.default({ allErrors: true, strict: false });
addFormats.default(ajv);
const validators = new Map<string, ValidateFunction | null>();

export interface Operation {
  method: string;
  path: string;
}

export function operations(): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(load(rootFile).paths as Json)) {
    const { value } = follow(rootFile, item as Json);
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) if (value[method]) found.push({ method: method.toUpperCase(), path });
  }
  return found;
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/[.]/g, '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
}

function operationFor(method: string, path: string): { file: string; operation: Json; name: string } | undefined {
  const candidates = Object.keys(load(rootFile).paths as Json)
    .filter((pattern) => pathPattern(pattern).test(path))
    .sort((a, b) => a.split('{').length - b.split('{').length);
  for (const pattern of candidates) {
    const item = follow(rootFile, load(rootFile).paths[pattern]);
    const operation = item.value[method.toLowerCase()];
    if (operation) return { file: item.file, operation, name: `${method} ${pattern}` };
  }
  return undefined;
}

// Throws with every difference where the answer is not what the contract says.
export function checkAnswer(method: string, path: string, status: number, contentType: string, body: string): void {
  const found = operationFor(method, path);
  if (!found) throw new Error(`${method} ${path} is not in the contract`);
  const responses = found.operation.responses as Json;
  const declared = responses[String(status)] ?? (status >= 400 ? responses.default : undefined);
  if (!declared) throw new Error(`${found.name} answered ${status}, which the contract does not know`);
  const response = follow(found.file, declared);
  const media = response.value.content?.[contentType.split(';')[0]!];
  if (!response.value.content) return;
  if (!media) throw new Error(`${found.name} answered ${status} as ${contentType}, which the contract does not know`);
  if (!contentType.includes('json')) return;
  const key = `${found.name} ${status} ${contentType}`;
  let validate = validators.get(key);
  if (validate === undefined) {
    validate = media.schema ? ajv.compile(expand(response.file, media.schema) as Json) : null;
    validators.set(key, validate);
  }
  if (validate && !validate(JSON.parse(body))) {
    throw new Error(`${found.name} ${status} differs from the contract: ${ajv.errorsText(validate.errors)}\n${body.slice(0, 500)}`);
  }
}
