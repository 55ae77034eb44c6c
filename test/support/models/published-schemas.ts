/** fal's own JSON schemas, where the file with them lies beside the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

export interface PublishedSchemas {
  /** False where the file is not there. */
  readonly isOn: boolean;
  readonly ids: readonly string[];
  /** What the endpoint's schema objects to; undefined where the endpoint is not in the file. */
  check(id: string, input: unknown): readonly string[] | undefined;
}

interface Published {
  readonly input: object;
  readonly defs: Readonly<Record<string, object>>;
}

const file = new URL('../../../../shared/specs/fal-openapi.json', import.meta.url);

export function readPublishedSchemas(): PublishedSchemas {
  if (!existsSync(file)) return { isOn: false, ids: [], check: () => undefined };
  const all = JSON.parse(readFileSync(file, 'utf8'), asJsonSchema) as Record<string, Published>;
  return {
    isOn: true,
    ids: Object.keys(all),
    check(id, input) {
      const published = Object.hasOwn(all, id) ? all[id] : undefined;
      if (!published || !isWhole(published)) return undefined;
      const ajv = new Ajv2020({ strict: false, validateSchema: false, validateFormats: false });
      const validate = ajv.compile({
        ...published.input,
        components: { schemas: published.defs },
      });
      if (validate(input)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${instancePath} ${message} ${JSON.stringify(params).slice(0, 200)}`,
      );
    },
  };
}

/** OpenAPI's way to allow null, where JSON Schema has none. */
function asJsonSchema(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as { nullable?: unknown; type?: unknown };
  return nullable === true && rest.type === undefined ? { anyOf: [rest, { type: 'null' }] } : value;
}

/** A few refer to definitions that are not in the file. */
function isWhole({ input, defs }: Published): boolean {
  const text = JSON.stringify([input, defs]);
  const named = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/gu)].map(([, name]) => name);
  return named.every((name) => name !== undefined && Object.hasOwn(defs, name));
}
