/** What a person does in a form: fills it in, opens its selects, submits or closes it. */
import { z } from 'zod';
import { textOf } from './block-reading.ts';
import { menuAnswer, modal } from './block-limits.ts';
import type { Carried, Carrier } from './carrier.ts';
import { commonFields, toAcknowledgement } from './interactions.ts';
import { replaceView, showView, toWireView } from './methods/views.ts';
import { storeFile } from './people.ts';
import { identity, type State } from './state.ts';
import type { Acknowledgement, Menu, OpenView, SentFile, SlackServer } from './slack-types.ts';
import { complaintsOf, enter, fieldsOf, valuesOf, type Field } from './view-values.ts';
import { toWireFile } from './wire.ts';

interface Parts {
  readonly state: State;
  readonly carrier: Carrier;
}

type ViewInteractions = Pick<SlackServer, 'openMenu' | 'fillView' | 'submitView' | 'closeView'>;

/** Beside a field there is no room for more. */
const errorLength = 2000;

export function createViewInteractions({ state, carrier }: Parts): ViewInteractions {
  const interact = (body: Record<string, unknown>) => carrier.carry({ kind: 'interactive', body });

  return {
    async openMenu({ viewId, field, typed = '', user = identity.userId }) {
      const open = requireView(state, viewId);
      return suggest(open, requireField(open, field), { typed, user });
    },

    async fillView({ viewId, values, user = identity.userId }) {
      const { acknowledgements } = await fill(requireView(state, viewId), values, user);
      return acknowledgements;
    },

    async submitView({ viewId, values, user = identity.userId }) {
      const open = requireView(state, viewId);
      const { complaints } = await fill(open, values, user);
      const refused = complaints.length > 0 ? complaints : complaintsOf(open);
      if (refused.length > 0) {
        return { acknowledgedAfterMs: undefined, ackBody: undefined, errors: refused };
      }
      const carried = await interact({
        type: 'view_submission',
        ...commonFields(state, user),
        view: { ...toWireView(open), state: { values: valuesOf(open) } },
        response_urls: [],
      });
      return applyViewResponse(state, open, carried);
    },

    closeView(viewId) {
      state.views.splice(state.views.indexOf(requireView(state, viewId)), 1);
    },
  };

  async function fill(
    open: OpenView,
    values: Readonly<Record<string, unknown>>,
    user: string,
  ): Promise<{ complaints: string[]; acknowledgements: Acknowledgement[] }> {
    const upload = (file: SentFile) =>
      toWireFile(state, storeFile(state, user, { ...file, inForm: true }).id);
    const complaints: string[] = [];
    const acknowledgements: Acknowledgement[] = [];
    for (const [name, given] of Object.entries(values)) {
      const field = requireField(open, name);
      if (field.element['type'] === 'external_select' && given !== null) {
        await findInMenu(open, field, { typed: textOf(given), user });
      }
      const complaint = enter(open, field, given, upload);
      if (complaint !== '') complaints.push(`${field.blockId}: ${complaint}`);
      else if (field.dispatches) acknowledgements.push(await dispatch(open, field, user));
    }
    return { complaints, acknowledgements };
  }

  /** What stands in the menu already is picked; for anything else people type. */
  async function findInMenu(
    open: OpenView,
    field: Field,
    by: { readonly typed: string; readonly user: string },
  ): Promise<void> {
    const shown = open.offered.get(field.blockId) ?? [];
    if (!shown.some(({ value }) => value === by.typed)) await suggest(open, field, by);
  }

  async function dispatch(open: OpenView, field: Field, user: string): Promise<Acknowledgement> {
    const { blockId, actionId } = field;
    const values = valuesOf(open);
    const carried = await interact({
      type: 'block_actions',
      ...commonFields(state, user),
      container: { type: 'view', view_id: open.id },
      view: { ...toWireView(open), state: { values } },
      actions: [
        {
          ...values[blockId]?.[actionId],
          block_id: blockId,
          action_id: actionId,
          action_ts: state.nextTs(),
        },
      ],
    });
    return toAcknowledgement(carried);
  }

  /** The view comes along, but without what the other fields hold (slackapi/bolt-js#1146). */
  async function suggest(
    open: OpenView,
    { element, blockId, actionId }: Field,
    { typed, user }: { readonly typed: string; readonly user: string },
  ): Promise<Menu> {
    if (element['type'] !== 'external_select') throw new Error(`${blockId} asks for no choices.`);
    const least = typeof element['min_query_length'] === 'number' ? element['min_query_length'] : 3;
    if (typed.length < least) return { choices: [], acknowledgedAfterMs: undefined, errors: [] };
    const { trigger_id: _trigger, ...common } = commonFields(state, user);
    const carried = await interact({
      type: 'block_suggestion',
      ...common,
      container: { type: 'view', view_id: open.id },
      view: toWireView(open),
      block_id: blockId,
      action_id: actionId,
      value: typed,
    });
    const menu = readMenu(state, carried);
    open.offered.set(blockId, [...menu.choices]);
    return menu;
  }
}

function readMenu(state: State, carried: Carried): Menu {
  const { acknowledgedAfterMs, errors } = toAcknowledgement(carried);
  if (errors.length > 0) return { choices: [], acknowledgedAfterMs, errors };
  const parsed = menuAnswer.safeParse(carried.body);
  if (!parsed.success) {
    state.violations.push(`choices of a select: ${z.prettifyError(parsed.error)}`);
    return { choices: [], acknowledgedAfterMs, errors: ['the choices could not be loaded'] };
  }
  const { options = [], option_groups: groups = [] } = parsed.data;
  const choices = [...options, ...groups.flatMap((group) => group.options)];
  return { choices, acknowledgedAfterMs, errors };
}

function requireView(state: State, viewId: string): OpenView {
  const open = state.views.find(({ id }) => id === viewId);
  if (open === undefined) throw new Error(`No form ${viewId} is open.`);
  return open;
}

function requireField(open: OpenView, name: string): Field {
  const field = fieldsOf(open.view.blocks).find(
    ({ blockId, actionId }) => blockId === name || actionId === name,
  );
  if (field === undefined) throw new Error(`The form has no field ${name}.`);
  return field;
}

const viewResponse = z.discriminatedUnion('response_action', [
  z.strictObject({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string()),
  }),
  z.strictObject({ response_action: z.enum(['update', 'push']), view: modal }),
  z.strictObject({ response_action: z.literal('clear') }),
]);

/** An empty acknowledgement closes the form; the others say what becomes of it. */
function applyViewResponse(state: State, open: OpenView, carried: Carried): Acknowledgement {
  const acknowledged = toAcknowledgement(carried);
  if (carried.problem !== '') return acknowledged;
  const at = state.views.indexOf(open);
  if (carried.body === undefined) {
    if (at !== -1) state.views.splice(at, 1);
    return acknowledged;
  }
  const parsed = viewResponse.safeParse(carried.body);
  if (!parsed.success) {
    state.violations.push(`view acknowledgement: ${z.prettifyError(parsed.error)}`);
    return acknowledged;
  }
  applyAction(state, open, parsed.data);
  return acknowledged;
}

function applyAction(state: State, open: OpenView, response: z.infer<typeof viewResponse>): void {
  switch (response.response_action) {
    case 'errors':
      checkErrors(state, open, response.errors);
      return;
    case 'update':
      replaceView(state, open, response.view);
      return;
    case 'push':
      showView(state, open.userId, response.view);
      return;
    case 'clear':
      state.views.splice(
        0,
        state.views.length,
        ...state.views.filter(({ userId }) => userId !== open.userId),
      );
  }
}

/** Slack shows errors beside inputs only. */
function checkErrors(state: State, open: OpenView, errors: Record<string, string>): void {
  const known = new Set(fieldsOf(open.view.blocks).map(({ blockId }) => blockId));
  for (const [blockId, text] of Object.entries(errors)) {
    if (!known.has(blockId)) state.violations.push(`view errors: no input ${blockId}`);
    if (text === '' || text.length > errorLength) {
      state.violations.push(`view errors: ${blockId} has a text that cannot be shown`);
    }
  }
}
