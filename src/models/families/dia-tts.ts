/** Dia speaks dialogues: `[S1] … [S2] … (laughs)`. */
import { text, type ModelFamily } from './family.ts';

const diaTts: readonly ModelFamily[] = [
  {
    name: 'dia-tts',
    description: 'Speaks dialogues with laughter and sighs: [S1] … [S2] …',
    endpoints: [{ id: 'fal-ai/dia-tts', fields: { text: { type: text(1) } } }],
  },
  {
    name: 'dia-voice-clone',
    description: 'Speaks dialogues in the voices of a recording',
    endpoints: [
      {
        id: 'fal-ai/dia-tts/voice-clone',
        // fal's schema of 2026 has lost the two fields that the endpoint is about.
        fields: {
          text: { type: text(1) },
          ref_audio_url: { type: { kind: 'file', media: 'audio' }, required: true },
          ref_text: { type: text(1), required: true },
        },
      },
    ],
  },
];
export default diaTts;
