import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FormProblem } from './refusals.ts';
import type { JsonObject } from './types.ts';

export interface SchemaCheck {
  /** False where the published description is not beside the repository. */
  readonly isOn: boolean;
  /** What the description of that operation objects to. */
  check(method: string, path: string, sent: { body: unknown; isForm: boolean }): FormProblem[];
}

interface Description {
  paths: Record<string, Record<string, { requestBody?: RequestBody }>>;
  components: JsonObject;
}

interface RequestBody {
  content: Record<string, { schema: JsonObject }>;
  required?: boolean;
}

const descriptionFile = new URL('../../../../shared/specs/discord-openapi.json', import.meta.url);

/** Reading and compiling the description takes a tenth of a second: every server of a test file shares it. */
const checks = new Map<string, SchemaCheck>();

export function createSchemaCheck(file: URL = descriptionFile): SchemaCheck {
  const known = checks.get(file.href);
  if (known) return known;
  const check = readSchemaCheck(file);
  for (const [method, path] of busyOperations) {
    for (const isForm of [false, true]) check.check(method, path, { body: {}, isForm });
  }
  checks.set(file.href, check);
  return check;
}

/** Compiled before anybody is timed: on a busy machine that takes longer than Discord's 3 seconds. */
const busyOperations = [
  ['POST', '/interactions/1/token/callback'],
  ['POST', '/channels/1/messages'],
  ['PATCH', '/channels/1/messages/1'],
  ['POST', '/webhooks/1/token'],
  ['PATCH', '/webhooks/1/token/messages/@original'],
] as const;

function readSchemaCheck(file: URL): SchemaCheck {
  if (!existsSync(file)) return { isOn: false, check: () => [] };
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  const templates = Object.keys(description.paths).map((path) => ({ path, at: toPattern(path) }));
  const ajv = createAjv(description);
  const compiled = new Map<string, ValidateFunction>();

  /** Operations are compiled when first used: the whole description would take seconds. */
  function compile(key: string, schema: JsonObject): ValidateFunction {
    const validate = compiled.get(key) ?? ajv.compile(withAbsoluteReferences(schema));
    compiled.set(key, validate);
    return validate;
  }

  return {
    isOn: true,
    check(method, path, { body, isForm }) {
      const template = templates.find(({ at }) => at.test(path))?.path;
      const operation = template && description.paths[template]?.[method.toLowerCase()];
      if (!template || !operation) {
        return [{ path: '', code: 'UNKNOWN_ROUTE', message: `${method} ${path} does not exist` }];
      }
      const { requestBody } = operation;
      if (!requestBody || body === undefined) return describeAbsence(requestBody, body);
      const mediaType = isForm ? 'multipart/form-data' : 'application/json';
      const schema = requestBody.content[mediaType]?.schema;
      if (!schema) {
        return [{ path: '', code: 'CONTENT_TYPE_INVALID', message: `no ${mediaType} here` }];
      }
      const validate = compile(`${method} ${template} ${mediaType}`, schema);
      return validate(asDescribed(body)) ? [] : toProblems(validate.errors ?? []);
    },
  };
}

function describeAbsence(requestBody: RequestBody | undefined, body: unknown): FormProblem[] {
  const isMissing = requestBody?.required === true && body === undefined;
  return isMissing ? [{ path: '', code: 'BASE_TYPE_REQUIRED', message: 'a body is required' }] : [];
}

function createAjv(description: Description): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', /^(?:0|[1-9]\d{0,18})$/);
  ajv.addFormat('nonce', /^.{0,25}$/su);
  ajv.addSchema({ $id: 'discord', components: description.components });
  return ajv;
}

function toPattern(template: string): RegExp {
  const source = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name.endsWith('_id') ? String.raw`\d+` : '[^/]+',
  );
  return new RegExp(`^${source}$`);
}

function withAbsoluteReferences(schema: JsonObject): JsonObject {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"discord#/');
  return JSON.parse(text) as JsonObject;
}

/** Where the API takes more than its description says: numeric attachment ids, permission bits as text. */
function asDescribed(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) => {
    if (key === 'default_member_permissions' && typeof value === 'string') return Number(value);
    if (key === 'attachments' && Array.isArray(value)) return value.map(withTextId);
    return value;
  });
}

function withTextId(attachment: unknown): unknown {
  if (typeof attachment !== 'object' || attachment === null) return attachment;
  const { id } = attachment as { id?: unknown };
  return typeof id === 'number' ? { ...attachment, id: String(id) } : attachment;
}

/** Unions complain about every branch; the deepest complaints are about the branch that was meant. */
function toProblems(errors: readonly ErrorObject[]): FormProblem[] {
  const deepest = Math.max(...errors.map(depth));
  const named = errors.filter((error) => depth(error) === deepest);
  return named.slice(0, 5).map((error) => ({
    path: error.instancePath.slice(1).replaceAll('/', '.'),
    code: `SCHEMA_${error.keyword.toUpperCase()}`,
    message: error.message ?? error.keyword,
  }));
}

function depth(error: ErrorObject): number {
  return error.instancePath.split('/').length;
}
