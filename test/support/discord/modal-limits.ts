import { ComponentType } from 'discord.js';
import { checkLength } from './message-limits.ts';
import type { FormProblem } from './refusals.ts';
import type { ModalField, OpenModal } from './types.ts';

const mostTopLevel = 5;
const childTypes: ReadonlySet<ComponentType> = new Set([
  ComponentType.StringSelect,
  ComponentType.TextInput,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
  ComponentType.FileUpload,
  ComponentType.RadioGroup,
  ComponentType.CheckboxGroup,
  ComponentType.Checkbox,
]);

/** What Discord refuses to open, beyond what its description says. */
export function checkModal(modal: OpenModal): FormProblem[] {
  const { components } = modal;
  const ids = components.map(({ component }) => component?.custom_id);
  const isUnique = new Set(ids).size === ids.length;
  return [
    ...checkLength('data.custom_id', modal.custom_id, 100, 1),
    ...checkLength('data.title', modal.title, 45, 1),
    ...(components.length >= 1 && components.length <= mostTopLevel
      ? []
      : [toProblem('data.components', 'Must be between 1 and 5 in length.')]),
    ...(isUnique ? [] : [toProblem('data.components', 'Custom ids cannot be duplicated.')]),
    ...components.flatMap((label, index) => {
      const path = `data.components.${index}`;
      if (label.type !== ComponentType.Label) return [toProblem(path, 'Must be a label.')];
      return [
        ...checkLength(`${path}.label`, label.label, 45, 1),
        ...checkLength(`${path}.description`, label.description ?? undefined, 100, 1),
        ...checkField(label.component, `${path}.component`),
      ];
    }),
  ];
}

function checkField(field: ModalField, path: string): FormProblem[] {
  const isText = field.type === ComponentType.TextInput;
  return [
    ...(childTypes.has(field.type) ? [] : [toProblem(path, 'This type cannot be asked for.')]),
    ...('disabled' in field ? [toProblem(path, 'Nothing can be disabled in a form.')] : []),
    ...checkLength(`${path}.custom_id`, field.custom_id, 100, 1),
    ...checkLength(`${path}.placeholder`, field.placeholder, isText ? 100 : 150),
    ...(isText ? checkText(field, path) : []),
    ...(field.type === ComponentType.StringSelect ? checkSelect(field, path) : []),
    ...(field.type === ComponentType.FileUpload ? checkUpload(field, path) : []),
  ];
}

function checkText(field: ModalField, path: string): FormProblem[] {
  const most = Math.min(field.max_length ?? 4000, 4000);
  return [
    ...checkLength(`${path}.value`, field.value, most),
    ...((field.max_length ?? 1) > 4000 ? [toProblem(`${path}.max_length`, 'At most 4000.')] : []),
    ...(field.style === 1 || field.style === 2 ? [] : [toProblem(path, 'A style is required.')]),
  ];
}

function checkSelect(field: ModalField, path: string): FormProblem[] {
  const options = field.options ?? [];
  const isUnique = new Set(options.map(({ value }) => value)).size === options.length;
  const chosen = options.filter((option) => option.default).length;
  return [
    ...(options.length >= 1 && options.length <= 25
      ? []
      : [toProblem(`${path}.options`, 'Must be between 1 and 25 in length.')]),
    ...(isUnique ? [] : [toProblem(`${path}.options`, 'Values must be unique.')]),
    ...(chosen > (field.max_values ?? 1) ? [toProblem(path, 'Too many defaults.')] : []),
    ...(field.required !== false && field.min_values === 0
      ? [toProblem(path, 'min_values must be at least 1 where a value is required.')]
      : []),
    ...options.flatMap(({ label, value }, index) => [
      ...checkLength(`${path}.options.${index}.label`, label, 100, 1),
      ...checkLength(`${path}.options.${index}.value`, value, 100, 1),
    ]),
  ];
}

function checkUpload(field: ModalField, path: string): FormProblem[] {
  const [least, most] = [field.min_values ?? 1, field.max_values ?? 1];
  const isGood = least >= 0 && least <= 10 && most >= 1 && most <= 10 && least <= most;
  return isGood ? [] : [toProblem(path, 'Must take between 0 and 10 files.')];
}

function toProblem(path: string, message: string): FormProblem {
  return { path, code: 'BASE_TYPE_BAD_VALUE', message };
}
