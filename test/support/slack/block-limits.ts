/** Block Kit as Slack accepts it: every limit is the documented one, and nothing unknown gets by. */
import { z } from 'zod';

const plain = (length: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(length),
    emoji: z.boolean().optional(),
  });
const anyText = (length: number) =>
  z.discriminatedUnion('type', [
    plain(length),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: z.string().min(1).max(length),
      verbatim: z.boolean().optional(),
    }),
  ]);

const id = z.string().min(1).max(255).optional();
const confirm = z
  .strictObject({
    title: plain(100),
    text: anyText(300),
    confirm: plain(30),
    deny: plain(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();
const option = z.strictObject({
  text: anyText(75),
  value: z.string().min(1).max(150),
  description: anyText(75).optional(),
});
const plainOption = option.extend({ text: plain(75), value: z.string().min(1).max(75) });
const optionGroup = z.strictObject({ label: plain(75), options: z.array(plainOption).max(100) });
const shared = { action_id: id, focus_on_load: z.boolean().optional() };
const placeholder = plain(150).optional();

const pictureSource = {
  image_url: z.url().max(3000).optional(),
  slack_file: z
    .union([z.strictObject({ id: z.string() }), z.strictObject({ url: z.string() })])
    .optional(),
  alt_text: z.string().min(1).max(2000),
};
const imageElement = z.strictObject({ type: z.literal('image'), ...pictureSource });

const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: id,
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
  confirm,
});
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...shared,
    placeholder,
    options: z.array(plainOption).min(1).max(100).optional(),
    option_groups: z.array(optionGroup).min(1).max(100).optional(),
    initial_option: plainOption.optional(),
    confirm,
  })
  .refine((select) => (select.options === undefined) !== (select.option_groups === undefined), {
    error: 'needs either options or option_groups',
  })
  .refine(
    ({ initial_option: initial, options, option_groups: groups }) =>
      initial === undefined ||
      [...(options ?? []), ...(groups ?? []).flatMap((group) => group.options)].some(
        ({ value, text }) => value === initial.value && text.text === initial.text.text,
      ),
    { error: 'initial_option is none of the options' },
  );
/** Its choices come from the bot while somebody types. */
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...shared,
  placeholder,
  min_query_length: z.int().min(0).optional(),
  initial_option: plainOption.optional(),
  confirm,
});
const choice = z.strictObject({
  type: z.enum(['radio_buttons', 'checkboxes']),
  ...shared,
  options: z.array(option).min(1).max(10),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  confirm,
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: id,
  options: z.array(plainOption).min(2).max(5),
  confirm,
});
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...shared,
  placeholder,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z.record(z.string(), z.unknown()).optional(),
});
const interactive = [
  button,
  staticSelect,
  externalSelect,
  choice,
  overflow,
  conversationsSelect,
] as const;

const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...shared,
  placeholder,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  dispatch_action_config: z.record(z.string(), z.unknown()).optional(),
});
/** Digits, and no more than a double tells apart: what is beyond has been refused. */
const numeral = z
  .string()
  .regex(/^-?\d+(?:\.\d+)?$/u, { error: 'is no plain number' })
  .refine((text) => Math.abs(Number(text)) < Number.MAX_SAFE_INTEGER, { error: 'is too large' });
const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...shared,
    placeholder,
    is_decimal_allowed: z.boolean(),
    initial_value: numeral.optional(),
    min_value: numeral.optional(),
    max_value: numeral.optional(),
    dispatch_action_config: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(
    ({ min_value: min, max_value: max }) =>
      min === undefined || max === undefined || Number(min) <= Number(max),
    { error: 'min_value is greater than max_value' },
  )
  .refine(
    ({ initial_value: start, min_value: min, max_value: max }) =>
      start === undefined ||
      (Number(start) >= Number(min ?? start) && Number(start) <= Number(max ?? start)),
    { error: 'initial_value is out of bounds' },
  );
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: id,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(10).optional(),
});
const inputElements = z.union([
  textInput,
  numberInput,
  fileInput,
  staticSelect,
  externalSelect,
  choice,
  conversationsSelect,
]);

const block = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('section'),
      block_id: id,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: z.union([...interactive, imageElement]).optional(),
      expand: z.boolean().optional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined, {
      error: 'needs text or fields',
    }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: id,
    elements: z.array(z.union(interactive)).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id: id,
    elements: z
      .array(z.union([anyText(3000), imageElement]))
      .min(1)
      .max(10),
  }),
  z
    .strictObject({
      type: z.literal('image'),
      block_id: id,
      ...pictureSource,
      title: plain(2000).optional(),
    })
    .refine((image) => (image.image_url === undefined) !== (image.slack_file === undefined), {
      error: 'needs either image_url or slack_file',
    }),
  z.strictObject({ type: z.literal('header'), block_id: id, text: plain(150) }),
  z.strictObject({ type: z.literal('divider'), block_id: id }),
  z.strictObject({ type: z.literal('markdown'), block_id: id, text: z.string().max(12_000) }),
  z.strictObject({
    type: z.literal('rich_text'),
    block_id: id,
    elements: z.array(z.looseObject({ type: z.string().startsWith('rich_text_') })).min(1),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id: id,
    label: plain(2000),
    element: inputElements,
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
]);

const blocksOf = (most: number) =>
  z
    .array(block)
    .max(most)
    .superRefine((blocks, check) => {
      for (const issue of repeatedIds(blocks)) check.addIssue({ code: 'custom', message: issue });
    });

export const messageBlocks = blocksOf(50);

/** The answer to a request for choices. */
export const menuAnswer = z
  .strictObject({
    options: z.array(plainOption).max(100).optional(),
    option_groups: z.array(optionGroup).max(100).optional(),
  })
  .refine((answer) => (answer.options === undefined) !== (answer.option_groups === undefined), {
    error: 'needs either options or option_groups',
  });

export const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    blocks: blocksOf(100),
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    external_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine(
    (view) => view.submit !== undefined || view.blocks.every(({ type }) => type !== 'input'),
    {
      error: 'a view with inputs needs submit',
    },
  );
export type Modal = z.infer<typeof modal>;

type Blocks = z.infer<typeof block>[];

function repeatedIds(blocks: Blocks): string[] {
  const repeated: string[] = [];
  const seen = new Set<string>();
  for (const { block_id: blockId } of blocks) {
    if (blockId !== undefined && seen.has(blockId))
      repeated.push(`block_id ${blockId} is repeated`);
    if (blockId !== undefined) seen.add(blockId);
  }
  for (const candidate of blocks) {
    const actions = candidate.type === 'actions' ? candidate.elements : [];
    const ids = actions.flatMap((element) => element.action_id ?? []);
    if (new Set(ids).size < ids.length) repeated.push('an action_id is repeated in one block');
  }
  return repeated;
}
