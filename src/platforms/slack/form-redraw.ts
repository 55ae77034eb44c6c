/**
 * Shows the fields of what was chosen in a form that is open. Slack keeps what was typed into fields
 * that stay; of two choices in a row the later one counts, however quickly they follow.
 */
import { z } from 'zod';
import { codeOf, isFormClosed } from './errors.ts';
import { readForm } from './form-answers.ts';
import { readMetadata } from './form-metadata.ts';
import { chosenIn, findCommand, toForm } from './form.ts';
import type { decisionPayload } from './payloads.ts';
import type { SlackParts } from './slack-parts.ts';

const REMEMBERED = 1000;

const updated = z.object({ view: z.object({ hash: z.string() }) });

/** A form that was redrawn, or is about to be. */
interface Drawn {
  readonly id: string;
  newest: string;
  hash: string;
  /** One update at a time. */
  turn: Promise<void>;
}

type Decision = z.infer<typeof decisionPayload>;
type Redraw = (decision: Decision) => Promise<void>;

export function createRedraw(parts: SlackParts): Redraw {
  const known = new Map<string, Drawn>();

  return async ({ view, actions }) => {
    const { options } = readForm(view.state.values);
    const metadata = readMetadata(view.private_metadata);
    const command = findCommand(view, parts.commands);
    const isShown = command && isSame(chosenIn(command, options), metadata.chosen);
    if (!command || (isShown && !known.has(view.id))) return;
    const chosenAt = actions[0]?.action_ts ?? '';
    const drawn = recall(view);
    if (chosenAt < drawn.newest) return;
    drawn.newest = chosenAt;
    drawn.turn = takeTurn(drawn, chosenAt, () =>
      replace(drawn, toForm(command, metadata, options), parts),
    );
    await drawn.turn;
  };

  function recall({ id, hash }: Decision['view']): Drawn {
    const drawn = known.get(id) ?? { id, hash, newest: '', turn: Promise.resolve() };
    known.delete(id);
    known.set(id, drawn);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return drawn;
  }
}

async function takeTurn(drawn: Drawn, chosenAt: string, act: () => Promise<void>): Promise<void> {
  await drawn.turn;
  if (drawn.newest === chosenAt) await act();
}

type Form = ReturnType<typeof toForm>;

/** What is submitted from a form that kept its old fields is answered beside them. */
async function replace(drawn: Drawn, view: Form, parts: SlackParts): Promise<void> {
  try {
    await update(drawn, view, parts);
  } catch (error) {
    if (isFormClosed(error)) return;
    parts.log.warn({ error }, 'a form keeps its old fields');
  }
}

async function update(drawn: Drawn, view: Form, { calls }: SlackParts): Promise<void> {
  const send = (hash: { readonly hash?: string }) =>
    calls.surely((client) => client.views.update({ view_id: drawn.id, view, ...hash }));
  const answer = await send({ hash: drawn.hash }).catch((error: unknown) => {
    // Nobody but this process updates it: what is newer is an update whose answer was lost.
    if (codeOf(error) !== 'hash_conflict') throw error;
    return send({});
  });
  drawn.hash = updated.parse(answer).view.hash;
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}
