/** What a command asks for → a form of Discord's, called a modal there. */
import {
  ComponentType,
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import type { Asks, Command } from '../../command.ts';
import { cutText } from '../../cut-text.ts';
import type { Option, RawValues } from '../../option.ts';
import { toField } from './form-field.ts';

/** Discord's limits. */
const TITLE_LENGTH = 45;
const MOST_QUESTIONS = 5;
const LABEL_LENGTH = 45;
const DESCRIPTION_LENGTH = 100;

export function toForm(
  command: Command & { readonly asks: Asks },
  { customId, start }: { customId: string; start: RawValues },
): APIModalInteractionResponseCallbackData {
  const { title, options } = command.asks;
  return {
    custom_id: customId,
    title: cutText(title, TITLE_LENGTH),
    components: options.slice(0, MOST_QUESTIONS).flatMap((name) => {
      const option = command.options[name];
      return option ? [toQuestion(name, option, start)] : [];
    }),
  };
}

function toQuestion(name: string, option: Option, start: RawValues): APILabelComponent {
  const { component, hint } = toField(name, option, start);
  return {
    type: ComponentType.Label,
    label: cutText(toLabel(name), LABEL_LENGTH),
    ...toDescription(hint ?? option.description),
    component,
  };
}

export interface Field {
  readonly component: APIComponentInLabel;
  /** Instead of the option's own description. */
  readonly hint: string | undefined;
}

/** As people write it: `alt_text` is “Alt text”. */
function toLabel(name: string): string {
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function toDescription(description: string): { description?: string } {
  const text = description.trim();
  return text === '' ? {} : { description: cutText(text, DESCRIPTION_LENGTH) };
}
