/** The options with which somebody says which picture is meant, where no button or reply does. */
import type { Option } from '../option.ts';

export const linkOption = {
  kind: 'text',
  description: 'Link to the message that holds the picture',
  maxLength: 300,
} as const satisfies Option;

export const numberOption = {
  kind: 'integer',
  description: 'Which one, where a message holds several',
  min: 1,
  max: 50,
} as const satisfies Option;
