/** The field that takes a person's words, under whatever name. */
import { listTypes, type Endpoint, type Field } from '../endpoint.ts';

/** The likeliest first. */
const WORDS = [
  'prompt',
  'text',
  'script',
  'gen_text',
  'text_prompt',
  'query',
  'question',
  'caption',
  'input_text',
  'instruction',
  'tags',
  'lyrics',
];

export function findWordsField({ fields }: Endpoint): Field | undefined {
  const texts = fields.filter(({ type }) => listTypes(type).some(({ kind }) => kind === 'text'));
  const named = WORDS.map((word) => texts.find(({ name }) => name === word));
  const required = named.find((field) => field?.required === true);
  return required ?? named.find((field) => field !== undefined) ?? texts.find((f) => f.required);
}
