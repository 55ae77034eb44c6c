/**
 * fal's client describes each endpoint in one file of types. They are turned into JSON schemas here,
 * with what their comments say in passing, so that one reader serves both sources.
 */
import {
  parseSync,
  type Comment,
  type PropertyKey,
  type TSType,
  type TSTypeLiteral,
} from 'oxc-parser';
import { readComment } from './read-comment.ts';
import type { SchemaNode } from './schema-node.ts';

interface TypedEndpoint {
  readonly input: SchemaNode;
  readonly output: SchemaNode;
}

export interface TypeFile {
  readonly endpoints: ReadonlyMap<string, TypedEndpoint>;
  /** What `$ref` names. */
  readonly definitions: Readonly<Record<string, SchemaNode>>;
}

/** The type that lists the endpoints with their inputs and outputs. */
const LIST = 'EndpointTypeMap';

export function readTypes(source: string): TypeFile {
  const { program, comments, errors } = parseSync('endpoints.d.ts', source);
  if (errors[0]) throw new Error(`the type file cannot be parsed: ${errors[0].message}`);
  const aliases = new Map<string, TSType>();
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' && statement.declaration;
    if (!declaration || declaration.type !== 'TSTypeAliasDeclaration') continue;
    aliases.set(declaration.id.name, declaration.typeAnnotation);
  }
  const toSchema = createToSchema(placeComments(source, comments));
  const list = aliases.get(LIST);
  aliases.delete(LIST);
  if (list?.type !== 'TSTypeLiteral') throw new Error(`the type file has no ${LIST}`);
  const definitions = [...aliases].map(([name, type]) => [name, toSchema(type)] as const);
  return {
    endpoints: new Map(
      listMembers(list).map(({ name, type }) => [name, toEndpoint(toSchema(type))]),
    ),
    definitions: Object.fromEntries(definitions),
  };
}

function toEndpoint(schema: SchemaNode): TypedEndpoint {
  const { input, output } = schema.properties ?? {};
  return { input: toNode(input), output: toNode(output) };
}

function toNode(value: unknown): SchemaNode {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Each comment, by the place where what it is about begins. */
function placeComments(source: string, comments: readonly Comment[]): ReadonlyMap<number, string> {
  const places = comments.map(({ value, end }) => {
    const gap = source.slice(end).search(/\S/u);
    return [end + gap, value] as const;
  });
  return new Map(places);
}

const KEYWORDS: Readonly<Record<string, SchemaNode>> = {
  TSStringKeyword: { type: 'string' },
  TSNumberKeyword: { type: 'number' },
  TSBooleanKeyword: { type: 'boolean' },
};

type ToSchema = (type: TSType) => SchemaNode;

function createToSchema(comments: ReadonlyMap<number, string>): ToSchema {
  const toSchema: ToSchema = (type) => {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- TypeScript has forty more
    switch (type.type) {
      case 'TSLiteralType':
        return 'value' in type.literal ? { enum: [type.literal.value] } : {};
      case 'TSTypeReference':
        return toReference(type, toSchema);
      case 'TSUnionType':
        return toUnion(type.types, toSchema);
      case 'TSTypeLiteral':
        return toObject(type);
      default:
        return KEYWORDS[type.type] ?? {};
    }
  };
  const toObject = (type: TSTypeLiteral): SchemaNode => {
    const members = listMembers(type);
    return {
      type: 'object',
      properties: Object.fromEntries(
        members.map(({ name, type, start }) => [
          name,
          readComment(name, comments.get(start) ?? '', toSchema(type)),
        ]),
      ),
      required: members.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    };
  };
  return toSchema;
}

function toReference(type: Extract<TSType, { type: 'TSTypeReference' }>, toSchema: ToSchema) {
  const name = type.typeName.type === 'Identifier' ? type.typeName.name : '';
  const [item] = type.typeArguments?.params ?? [];
  if (name === 'Array' && item) return { type: 'array', items: toSchema(item) };
  return name === 'Record' ? { type: 'object' } : { $ref: `#/${name}` };
}

/** `string | Blob | File` is the address of a file: the client uploads what is no address yet. */
function toUnion(types: readonly TSType[], toSchema: ToSchema): SchemaNode {
  const isFile = types.some((type) => nameOf(type) === 'Blob');
  const others = types.filter((type) => !(isFile && isAddress(type))).map(toSchema);
  const parts = isFile ? [{ type: 'string', format: 'binary' }, ...others] : others;
  const choices = parts.flatMap((part) => part.enum ?? []);
  const rest = parts.filter((part) => part.enum === undefined);
  const all = choices.length > 0 ? [...rest, { type: 'string', enum: choices }] : rest;
  return all.length === 1 && all[0] ? all[0] : { anyOf: all };
}

function isAddress(type: TSType): boolean {
  return type.type === 'TSStringKeyword' || ['Blob', 'File'].includes(nameOf(type));
}

function nameOf(type: TSType): string {
  const isNamed = type.type === 'TSTypeReference' && type.typeName.type === 'Identifier';
  return isNamed && 'name' in type.typeName ? type.typeName.name : '';
}

function listMembers(type: TSTypeLiteral) {
  return type.members.flatMap((member) => {
    if (member.type !== 'TSPropertySignature' || !member.typeAnnotation) return [];
    const { typeAnnotation } = member.typeAnnotation;
    const { start, optional } = member;
    return { name: toName(member.key), type: typeAnnotation, start, isRequired: !optional };
  });
}

function toName(key: PropertyKey): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}
