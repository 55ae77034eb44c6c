/** Remembers how a workspace spells its names, so that models can be told. */
import { z } from 'zod';
import type { Person, Place } from '../place.ts';
import type { RecordStore } from '../platforms/platform.ts';
import { takeTurns } from '../take-turns.ts';
import { addTerms, removeTerm, type GlossaryTerm } from './glossary-terms.ts';

const COLLECTION = 'workspaces';

type Workspace = Pick<Place, 'platform' | 'tenant'>;

export interface Glossary {
  /** Newest first. */
  read(workspace: Workspace): Promise<readonly GlossaryTerm[]>;
  /** The terms afterwards; `added` is newest first, too. */
  add(
    workspace: Workspace,
    added: readonly string[],
    person: Person,
    at: Date,
  ): Promise<readonly GlossaryTerm[]>;
  /** False where there was no such term. */
  remove(workspace: Workspace, term: string): Promise<boolean>;
}

const termSchema = z.object({
  term: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  at: z.coerce.date(),
});
const recordSchema = z.object({ terms: z.array(z.unknown()) });

/** `records` is the namespace of glossaries. */
export function createGlossary(records: RecordStore): Glossary {
  /** Whoever reads in order to write must not be overtaken. */
  const inTurn = takeTurns(1);

  async function read(workspace: Workspace): Promise<readonly GlossaryTerm[]> {
    const record = recordSchema.safeParse(await records.read(COLLECTION, toKey(workspace))).data;
    return (record?.terms ?? []).flatMap((term) => termSchema.safeParse(term).data ?? []);
  }

  return {
    read,
    add: (workspace, added, { id, name }, at) =>
      inTurn(async () => {
        const entries = added.map((term) => ({ term, person: { id, name }, at }));
        const terms = addTerms(await read(workspace), entries);
        await records.write(COLLECTION, toKey(workspace), { terms });
        return terms;
      }),
    remove: (workspace, term) =>
      inTurn(async () => {
        const before = await read(workspace);
        const terms = removeTerm(before, term);
        if (terms.length === before.length) return false;
        await records.write(COLLECTION, toKey(workspace), { terms });
        return true;
      }),
  };
}

function toKey({ platform, tenant }: Workspace): string {
  return `${platform}:${tenant}`;
}
