import { MessageFlags } from 'discord.js';
import type { FormProblem } from './refusals.ts';
import type { JsonObject } from './types.ts';

export interface MessageBody {
  content?: string | null;
  embeds?: Embed[] | null;
  components?: Component[] | null;
  flags?: number | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  attachments?: AttachmentEntry[] | null;
  allowed_mentions?: AllowedMentions | null;
  message_reference?: { message_id: string; fail_if_not_exists?: boolean } | null;
}

export interface AttachmentEntry {
  id: string | number;
  filename?: string;
  description?: string | null;
  is_spoiler?: boolean | null;
  duration_secs?: number | null;
  waveform?: string | null;
}

export interface AllowedMentions {
  parse?: string[];
  users?: string[];
  roles?: string[];
  replied_user?: boolean;
}

interface Embed extends JsonObject {
  title?: string;
  description?: string;
  fields?: { name: string; value: string }[];
  footer?: { text: string };
  author?: { name: string };
}

export interface Component extends JsonObject {
  type: number;
  components?: Component[];
  component?: Component;
  accessory?: Component;
  items?: unknown[];
  custom_id?: string;
  label?: string;
  url?: string;
  style?: number;
  content?: string;
  disabled?: boolean;
}

/** Nested components too, with the path of each. */
export function walkComponents(
  components: readonly Component[],
  path = 'components',
): { component: Component; path: string }[] {
  return components.flatMap((component, index) => {
    const here = `${path}.${index}`;
    return [
      { component, path: here },
      ...walkComponents(component.components ?? [], `${here}.components`),
      ...walkComponents(component.accessory ? [component.accessory] : [], `${here}.accessory`),
    ];
  });
}

export function isV2(flags: number): boolean {
  return (flags & MessageFlags.IsComponentsV2) !== 0;
}

/** What the API refuses whatever its published description says. `flags` are those of the resulting message. */
export function checkMessage(body: MessageBody, flags: number): FormProblem[] {
  return [
    ...checkLength('content', body.content, 2000),
    ...checkLength('nonce', body.nonce === undefined ? undefined : String(body.nonce), 25),
    ...checkEmbeds(body.embeds ?? []),
    ...(body.attachments ?? []).flatMap((entry, index) =>
      checkLength(`attachments.${index}.description`, entry.description, 1024),
    ),
    ...checkComponents(body.components ?? [], flags),
    ...(isV2(flags) ? checkV2(body) : []),
    ...checkMentions(body.allowed_mentions ?? {}),
  ];
}

/** Discord counts code points. */
function countCharacters(text: string): number {
  return Array.from(text).length;
}

export function checkLength(
  path: string,
  text: string | null | undefined,
  maximum: number,
  minimum = 0,
): FormProblem[] {
  const length = countCharacters(text ?? '');
  if (length <= maximum && (text === undefined || length >= minimum)) return [];
  const message = `Must be between ${minimum} and ${maximum} in length.`;
  return [{ path, code: 'BASE_TYPE_BAD_LENGTH', message }];
}

function checkEmbeds(embeds: readonly Embed[]): FormProblem[] {
  const total = embeds
    .flatMap(listEmbedTexts)
    .reduce((sum, text) => sum + countCharacters(text), 0);
  return [
    ...checkCount('embeds', embeds.length, 10),
    ...checkCount('embeds', total, 6000),
    ...embeds.flatMap((embed, index) => checkEmbed(embed, `embeds.${index}`)),
  ];
}

function listEmbedTexts(embed: Embed): string[] {
  const fields = (embed.fields ?? []).flatMap(({ name, value }) => [name, value]);
  const single = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
  return [...single, ...fields].filter((text) => text !== undefined);
}

function checkEmbed(embed: Embed, path: string): FormProblem[] {
  return [
    ...checkLength(`${path}.title`, embed.title, 256),
    ...checkLength(`${path}.description`, embed.description, 4096),
    ...checkLength(`${path}.footer.text`, embed.footer?.text, 2048),
    ...checkLength(`${path}.author.name`, embed.author?.name, 256),
    ...checkCount(`${path}.fields`, embed.fields?.length ?? 0, 25),
    ...(embed.fields ?? []).flatMap(({ name, value }, index) => [
      ...checkLength(`${path}.fields.${index}.name`, name, 256, 1),
      ...checkLength(`${path}.fields.${index}.value`, value, 1024, 1),
    ]),
  ];
}

function checkCount(path: string, count: number, maximum: number): FormProblem[] {
  if (count <= maximum) return [];
  return [{ path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer.` }];
}

function checkComponents(components: readonly Component[], flags: number): FormProblem[] {
  const all = walkComponents(components);
  const ids = all.map(({ component }) => component.custom_id).filter((id) => id !== undefined);
  const problems = all.flatMap(({ component, path }) => [
    ...(component.type === 1 ? checkCount(path, component.components?.length ?? 0, 5) : []),
    ...(component.type === 2 ? checkButton(component, path) : []),
  ]);
  if (new Set(ids).size < ids.length) {
    const code = 'COMPONENT_CUSTOM_ID_DUPLICATED';
    problems.push({
      path: 'components',
      code,
      message: 'Component custom id cannot be duplicated',
    });
  }
  if (isV2(flags)) return [...problems, ...checkCount('components', all.length, 40)];
  const strays = components.filter(({ type }) => type !== 1);
  const message = 'Only action rows are allowed without IS_COMPONENTS_V2.';
  return [
    ...problems,
    ...checkCount('components', components.length, 5),
    ...strays.map(() => ({ path: 'components', code: 'UNION_TYPE_CHOICES', message })),
  ];
}

function checkButton(button: Component, path: string): FormProblem[] {
  const isLink = button.style === 5;
  const needed = isLink ? button.url : button.custom_id;
  const missing = { path, code: 'BASE_TYPE_REQUIRED', message: 'A url or custom_id is required.' };
  return [
    ...checkLength(`${path}.label`, button.label, 80),
    ...checkLength(`${path}.custom_id`, button.custom_id, 100, 1),
    ...checkLength(`${path}.url`, button.url, 512),
    ...(needed === undefined && button.style !== 6 ? [missing] : []),
  ];
}

function checkV2(body: MessageBody): FormProblem[] {
  const legacy = [body.content, body.embeds?.length].filter(Boolean);
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  const text = walkComponents(body.components ?? [])
    .map(({ component }) => component.content ?? '')
    .join('');
  return [
    ...legacy.map(() => ({ path: 'content', code, message: 'Legacy fields cannot be used.' })),
    ...checkLength('components', text, 4000),
  ];
}

function checkMentions(allowed: AllowedMentions): FormProblem[] {
  const twice = (['users', 'roles'] as const).filter(
    (kind) => allowed.parse?.includes(kind) && (allowed[kind]?.length ?? 0) > 0,
  );
  const code = 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE';
  return twice.map((kind) => ({
    path: `allowed_mentions.${kind}`,
    code,
    message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
  }));
}
