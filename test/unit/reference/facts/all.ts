/** Every endpoint of the reference pages. */
import { chatterboxHd } from './chatterbox-hd.ts';
import { diaTts, diaVoiceClone } from './dia-tts.ts';
import { dreamina } from './dreamina.ts';
import type { EndpointFacts } from './fact.ts';
import { fluxDev, fluxKontext, fluxKontextMax, fluxLora } from './flux.ts';
import { ideogramCharacter } from './ideogram-character.ts';
import { speechHd, speechTurbo, voiceClone, voiceDesign } from './minimax.ts';
import { nanoBananaPro, nanoBananaProEdit } from './nano-banana-pro.ts';
import { omnigenV2 } from './omnigen-v2.ts';
import { qwenImage } from './qwen-image.ts';
import { recraftV3 } from './recraft-v3.ts';
import { wan } from './wan.ts';
import { whisper, wizper } from './whisper.ts';

export const REFERENCE: readonly EndpointFacts[] = [
  nanoBananaPro,
  nanoBananaProEdit,
  qwenImage,
  fluxDev,
  fluxKontext,
  fluxKontextMax,
  fluxLora,
  ideogramCharacter,
  omnigenV2,
  dreamina,
  recraftV3,
  wan,
  whisper,
  wizper,
  voiceClone,
  voiceDesign,
  speechHd,
  speechTurbo,
  diaTts,
  diaVoiceClone,
  chatterboxHd,
];
