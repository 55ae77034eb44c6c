/** What happens in a form: it opens, a select asks for choices, fields change, it is submitted. */
import type { App } from '@slack/bolt';
import type { z } from 'zod';
import type { Command } from '../../command.ts';
import type { Choice } from '../../option.ts';
import type { Invocation } from '../platform.ts';
import { findFormErrors, readForm } from './form-answers.ts';
import { choicesFor, isSelectable, toSelectOption } from './form-choices.ts';
import { DECIDING_ACTION, FIELD_ACTION } from './form-elements.ts';
import { createRedraw } from './form-redraw.ts';
import { readMetadata } from './form-metadata.ts';
import { findCommand, FORM_CALLBACK, optionsOf } from './form.ts';
import { submit } from './form-submission.ts';
import { createInvocation } from './invocation.ts';
import { fromForm } from './occasions.ts';
import { decisionPayload, formPayload, suggestionPayload } from './payloads.ts';
import type { SlackParts } from './slack-parts.ts';

/** Slack's limit. */
const CHOICES = 100;

export function listenToForms(
  app: App,
  onInvocation: (invocation: Invocation) => Promise<void>,
  parts: SlackParts,
): void {
  const { commands, clock, preview } = parts;
  const redraw = createRedraw(parts);

  app.options<'block_suggestion'>({ action_id: FIELD_ACTION }, async ({ ack, body }) => {
    const choices = suggest(suggestionPayload.parse(body), commands);
    await ack({ options: choices.map(toSelectOption) });
  });

  app.action({ type: 'block_actions', action_id: DECIDING_ACTION }, async ({ ack, body }) => {
    await ack();
    await redraw(decisionPayload.parse(body));
  });

  app.view(FORM_CALLBACK, async ({ ack, body }) => {
    const payload = formPayload.parse(body);
    const { view } = payload;
    const command = findCommand(view, commands);
    if (!command) return ack();
    const filled = readForm(view.state.values);
    const metadata = readMetadata(view.private_metadata);
    const { attachments } = filled;
    const options = withJob(filled.options, metadata.job);
    const form = { command, filled, shown: view.blocks.map(({ block_id: id }) => id) };
    const errors = findFormErrors(form, () =>
      preview(command.plan(options, { commands, attachments })),
    );
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    const occasion = fromForm(payload, metadata, filled);
    const wish = { commandName: command.name, options, attachments };
    const invocation = createInvocation(occasion, wish, parts);
    await submit(invocation, { clock, onInvocation, close: () => ack() });
  });
}

/** What the button was about that opened the form comes as if it had been filled in. */
function withJob(
  options: Readonly<Record<string, string>>,
  job: string | undefined,
): Readonly<Record<string, string>> {
  return job === undefined ? options : { ...options, job };
}

/**
 * Slack's selects take nothing but what they offer, so that what was typed is offered as well;
 * but not where other fields depend on it, because there might be none for it.
 */
function suggest(
  { block_id: name, action_id: action, value: begun, view }: z.infer<typeof suggestionPayload>,
  commands: readonly Command[],
): readonly Choice[] {
  const { chosen, isAsked } = readMetadata(view.private_metadata);
  const command = findCommand(view, commands);
  const option = command && optionsOf(command, { isAsked, filledIn: chosen })[name];
  if (!option) return [];
  const choices = (choicesFor(option, begun, chosen) ?? []).filter(isSelectable);
  const typed = { value: begun.trim(), label: `“${begun.trim()}”` };
  const isNew = isSelectable(typed) && !choices.some(({ value }) => value === typed.value);
  const takesAnything = option.kind === 'suggested' && action !== DECIDING_ACTION;
  if (!takesAnything || !isNew) return choices.slice(0, CHOICES);
  return [...choices.slice(0, CHOICES - 1), typed];
}
