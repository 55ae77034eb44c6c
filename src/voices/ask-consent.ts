/** `/voices clone`: asks the owner to read a sentence out. The voice is made from that very recording. */
import { line, message, note } from '../message.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import { HEARING_MODEL } from '../transcripts/hearing-model.ts';
import { beginVoice } from './begin-voice.ts';
import { ask } from './consent.ts';
import { MAKER_FACTS } from './makers.ts';
import type { VoicesPlan } from './plan.ts';
import { makeSentence } from './sentence.ts';
import { MAKERS, type Maker } from './voice.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';
import { wordScope } from './word-voice.ts';

/** Throws `UserError` where the name is taken, or a model that it takes may not be used here. */
export async function askConsent(
  { name, model, scope, days }: Extract<VoicesPlan, { kind: 'clone-voice' }>,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  const maker = findMaker(model);
  const { cloning, speaking } = MAKER_FACTS[maker];
  for (const needed of [HEARING_MODEL, cloning, speaking]) parts.models.find(needed);
  const voice = await beginVoice({ name, kind: 'cloned', maker }, invocation, parts);
  const { text: sentence, words } = makeSentence({ name, scope, days });
  const { person, place } = invocation;
  const question = { voice: voice.id, person, sentence, words: [...words], scope, place, days };
  const consent = ask(question, parts.clock.now());
  const voices = openVoices(parts.store);
  await voices.addConsent(consent);
  await voices.writeQuestion(consent);
  return say(
    message(
      line({ kind: 'strong', text: 'Read this out' }, ', in your own voice and at your own pace:'),
      { kind: 'quote', text: sentence },
      line(
        'Answer here with a voice note in which you read it, within 30 minutes; or attach a recording of it: ',
        { kind: 'code', text: '/voices consent' },
      ),
      note(
        `“${name}” is made from that very recording, and may speak ${wordScope(scope)}, until ${days === 1 ? 'a day' : `${days} days`} after you have read it. You can take that back at any time: /voices revoke ${name}.`,
      ),
    ),
  );
}

function findMaker(model: string | undefined): Maker {
  return MAKERS.find((maker) => MAKER_FACTS[maker].cloning === model) ?? 'minimax';
}
