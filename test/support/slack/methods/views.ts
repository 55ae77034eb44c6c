import { z } from 'zod';
import { modal, type Modal } from '../block-limits.ts';
import { defineMethod, json, SlackRefusal } from '../method.ts';
import { identity, type State } from '../state.ts';
import type { OpenView } from '../slack-types.ts';
import { keepFilled } from '../view-values.ts';

export const viewMethods = {
  'views.open': defineMethod({
    scope: '',
    args: { trigger_id: z.string(), view: json(modal) },
    run(args, { state }) {
      const userId = useTrigger(state, args.trigger_id);
      checkSize(state, args.view, 'views.open');
      return { view: toWireView(showView(state, userId, args.view)) };
    },
  }),

  'views.update': defineMethod({
    scope: '',
    args: {
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
      view: json(modal),
    },
    run(args, { state }) {
      const open = state.views.find(
        ({ id, view }) =>
          id === args.view_id ||
          (args.external_id !== undefined && view['external_id'] === args.external_id),
      );
      if (open === undefined) throw new SlackRefusal('not_found');
      if (args.hash !== undefined && args.hash !== open.hash)
        throw new SlackRefusal('hash_conflict');
      checkSize(state, args.view, 'views.update');
      replaceView(state, open, args.view);
      return { view: toWireView(open) };
    },
  }),
};

export function showView(state: State, userId: string, view: Modal): OpenView {
  const open: OpenView = {
    id: state.nextId('V'),
    userId,
    hash: state.nextId('hash'),
    view: withIds(state, view),
    filled: new Map(),
    offered: new Map(),
  };
  state.views.push(open);
  return open;
}

export function replaceView(state: State, open: OpenView, view: Modal): void {
  open.view = withIds(state, view);
  open.hash = state.nextId('hash');
  open.offered.clear();
  state.violations.push(...keepFilled(open));
}

export function toWireView(open: OpenView): Record<string, unknown> {
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    ...open.view,
    id: open.id,
    team_id: identity.teamId,
    app_id: identity.appId,
    app_installed_team_id: identity.teamId,
    bot_id: identity.botId,
    hash: open.hash,
    root_view_id: open.id,
    previous_view_id: null,
    state: { values: {} },
  };
}

/** A trigger opens one form, within three seconds of the press that made it. */
function useTrigger(state: State, id: string): string {
  const trigger = state.triggers.get(id);
  if (trigger === undefined) throw new SlackRefusal('invalid_trigger_id');
  if (trigger.used) throw new SlackRefusal('exchanged_trigger_id');
  if (trigger.expiresAt < state.now()) throw new SlackRefusal('expired_trigger_id');
  trigger.used = true;
  return trigger.userId;
}

function checkSize(state: State, view: Modal, method: string): void {
  if (JSON.stringify(view).length <= 250_000) return;
  state.violations.push(`${method}: the view is larger than 250 KB`);
  throw new SlackRefusal('view_too_large');
}

function withIds(state: State, view: Modal): OpenView['view'] {
  return {
    ...view,
    blocks: view.blocks.map((block) => ({
      ...block,
      block_id: block.block_id ?? state.nextId('block'),
      ...(block.type === 'input' && {
        element: { ...block.element, action_id: block.element.action_id ?? state.nextId('action') },
      }),
    })),
  };
}
