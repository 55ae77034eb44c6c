/** Shows and changes how names are spelt in a workspace. */
import { UserError } from '../errors.ts';
import { line, message, note } from '../message.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import { toTerm } from './glossary-terms.ts';
import { createGlossary, type Glossary } from './glossary.ts';

interface GlossaryChange {
  readonly add: string | undefined;
  readonly remove: string | undefined;
}

/** Throws `UserError` for what is no term, or not there. */
export async function changeGlossary(
  { add, remove }: GlossaryChange,
  { place, person }: Invocation,
  { store, clock }: PictureParts,
): Promise<Outcome> {
  const glossary = createGlossary(store.records('glossary'));
  if (remove !== undefined && !(await glossary.remove(place, remove))) {
    throw new UserError(`“${remove}” is not in the glossary.`);
  }
  if (add !== undefined) await glossary.add(place, readTerms(add), person, clock.now());
  return say(wordGlossary(await glossary.read(place)));
}

function readTerms(text: string): readonly string[] {
  const words = text.split(/[,\n;]/u).filter((word) => word.trim() !== '');
  const stray = words.find((word) => toTerm(word) === undefined);
  if (stray === undefined && words.length > 0) return words;
  throw new UserError(`“${stray ?? text}” is no term: a name or word of at most 80 characters.`);
}

function wordGlossary(terms: Awaited<ReturnType<Glossary['read']>>) {
  if (terms.length === 0) {
    return message(
      line('The glossary of this workspace is empty.'),
      note('Correct a transcript by a reply, or say ', {
        kind: 'code',
        text: '/glossary --add Kowalski',
      }),
    );
  }
  return message(
    line({ kind: 'strong', text: 'Glossary of this workspace' }),
    line(terms.map(({ term }) => term).join(', ')),
    note('Transcripts are made with these spellings in mind, the newest first.'),
  );
}
