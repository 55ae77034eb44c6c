import { ComponentType, InteractionType } from 'discord.js';
import { interact, storeUpload, toResolved } from './people.ts';
import type { World } from './state.ts';
import type {
  JsonObject,
  ModalField,
  ModalSending,
  ServerAttachment,
  TestInteraction,
  TestUpload,
} from './types.ts';

type Values = NonNullable<ModalSending['values']>;

/** A person sends a form; what they did not touch goes as it was shown. */
export function sendModal(
  world: World,
  opening: TestInteraction,
  sending: ModalSending = {},
): TestInteraction {
  const modal = opening.response?.modal;
  if (!modal) throw new Error('No form was opened.');
  const { values = {}, channelId = opening.channelId, user } = sending;
  const source = world.interactions.get(opening.token)?.source;
  const fields = modal.components.map(({ component }) => component);
  const strange = Object.keys(values).find((id) => fields.every((field) => field.custom_id !== id));
  if (strange !== undefined) throw new Error(`The form does not ask for “${strange}”.`);
  const uploaded: ServerAttachment[] = [];
  const components = fields.map((field, index) => ({
    type: ComponentType.Label,
    id: 2 * index + 1,
    component: {
      type: field.type,
      id: 2 * index + 2,
      custom_id: field.custom_id,
      ...fillIn(world, field, { values, uploaded }),
    },
  }));
  const { custom_id } = modal;
  return interact(world, {
    type: InteractionType.ModalSubmit,
    channelId,
    ...(user && { user }),
    ...(source && { source }),
    data: { custom_id, components, ...toResolved(world, uploaded) },
  });
}

function fillIn(
  world: World,
  field: ModalField,
  { values, uploaded }: { values: Values; uploaded: ServerAttachment[] },
): JsonObject {
  const given = values[field.custom_id];
  if (field.type === ComponentType.FileUpload) {
    const files = toUploads(given).map((upload) => storeUpload(world, upload));
    uploaded.push(...files);
    return { values: checkCount(field, files).map(({ id }) => id) };
  }
  if (field.type === ComponentType.TextInput) return { value: toText(field, given) };
  const shown = field.options?.filter((option) => option.default).map(({ value }) => value) ?? [];
  const chosen = typeof given === 'string' ? [given] : shown;
  const strange = chosen.find((one) => field.options?.every(({ value }) => value !== one));
  if (strange !== undefined) throw new Error(`“${field.custom_id}” offers no “${strange}”.`);
  return { values: checkCount(field, chosen) };
}

function toUploads(given: Values[string] | undefined): readonly TestUpload[] {
  return typeof given === 'string' ? [] : (given ?? []);
}

/** Discord's clients send no form that breaks its own rules. */
function toText(field: ModalField, given: Values[string] | undefined): string {
  const text = typeof given === 'string' ? given : (field.value ?? '');
  const { required, min_length: least, max_length: most } = field;
  const isLeftOut = text === '' && required === false;
  const isShort = text.length < (least ?? (required === false ? 0 : 1));
  if ((isShort && !isLeftOut) || text.length > (most ?? 4000)) {
    throw new Error(`“${field.custom_id}” does not take “${text.slice(0, 100)}”.`);
  }
  return text;
}

function checkCount<T>(field: ModalField, chosen: readonly T[]): readonly T[] {
  const { required, min_values: least, max_values: most } = field;
  const isLeftOut = chosen.length === 0 && required === false;
  const isFew = chosen.length < (least ?? 1);
  if ((isFew && !isLeftOut) || chosen.length > (most ?? 1)) {
    throw new Error(`“${field.custom_id}” does not take ${chosen.length} values.`);
  }
  return chosen;
}
