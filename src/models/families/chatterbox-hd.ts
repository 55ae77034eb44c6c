/** Resemble AI's Chatterbox: without a text it would read out a film quote, and charge for it. */
import { text, type ModelFamily } from './family.ts';

const chatterboxHd: ModelFamily = {
  name: 'chatterbox-hd',
  description: 'Expressive speech with a dial for emotion; copies a voice from a sample',
  endpoints: [
    {
      id: 'resemble-ai/chatterboxhd/text-to-speech',
      fields: { text: { type: text(1), required: true, standard: undefined } },
    },
  ],
};
export default chatterboxHd;
