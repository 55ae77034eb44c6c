/** The endpoints that stand here by hand, each as its documents have it; a further one is a line in this list. */
import { chatterboxHd } from './chatterbox-hd.ts';
import { diaTts, diaVoiceClone } from './dia-tts.ts';
import { dreamina } from './dreamina.ts';
import { fluxKontext, fluxKontextMax } from './flux-kontext.ts';
import { fluxDev, fluxLora } from './flux.ts';
import { ideogramCharacter } from './ideogram-character.ts';
import { minimaxSpeechHd, minimaxSpeechTurbo } from './minimax-speech.ts';
import { minimaxVoiceClone, minimaxVoiceDesign } from './minimax-voices.ts';
import type { SandboxModel } from './model.ts';
import { nanoBananaPro, nanoBananaProEdit } from './nano-banana-pro.ts';
import { omnigenV2 } from './omnigen-v2.ts';
import { qwenImage } from './qwen-image.ts';
import { recraft } from './recraft.ts';
import { wanTextToImage } from './wan.ts';
import { whisper, wizper } from './whisper.ts';

export const REFERENCE_MODELS: readonly SandboxModel[] = [
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
  recraft,
  wanTextToImage,
  whisper,
  wizper,
  minimaxVoiceClone,
  minimaxVoiceDesign,
  minimaxSpeechHd,
  minimaxSpeechTurbo,
  diaTts,
  diaVoiceClone,
  chatterboxHd,
];
