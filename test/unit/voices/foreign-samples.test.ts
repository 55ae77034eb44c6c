/** Every endpoint of the catalogue that could imitate a voice, and every one that only looks like it. */
import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../../src/models/catalogue/catalogue.ts';
import type { Endpoint, FieldType } from '../../../src/models/endpoint.ts';
import { loadFamilies } from '../../../src/models/families/load-families.ts';
import { serve } from '../../../src/models/serve.ts';
import { findSamples, refuseForeignSamples } from '../../../src/voices/foreign-samples.ts';
import { OWN_VOICES } from '../../../src/voices/find-sample.ts';

const catalogue = await readCatalogue();
const overlays = new Map(
  (await loadFamilies()).flatMap(({ endpoints }) => endpoints.map((one) => [one.id, one] as const)),
);
const endpoints = catalogue.ids.flatMap((id) => {
  const facts = catalogue.find(id);
  return facts ? serve(facts, overlays.get(id)).endpoint : [];
});

/** An input with an address in every place for a file. */
function fill(type: FieldType, name: string): unknown {
  switch (type.kind) {
    case 'file':
      return `https://files.example/${type.media}/${name}`;
    case 'list':
      return [fill(type.of, name)];
    case 'object':
      return Object.fromEntries(type.fields.map((one) => [one.name, fill(one.type, one.name)]));
    case 'either':
      return type.types.map((one) => fill(one, name)).find((one) => one !== undefined);
    case 'text':
    case 'integer':
    case 'number':
    case 'flag':
    case 'choice':
    case 'anything':
      return undefined;
  }
}

const samplesOf = (endpoint: Endpoint) =>
  findSamples(
    endpoint,
    Object.fromEntries(endpoint.fields.map(({ name, type }) => [name, fill(type, name)])),
  ).map((address) => address.replace(/^.*\//u, ''));

describe('a recording that is handed to a model which imitates it', () => {
  test('is seen in every endpoint that fal has for that, and nowhere else', () => {
    const found = endpoints
      .map((endpoint) => [endpoint.id, samplesOf(endpoint).join(' ')])
      .filter(([, samples]) => samples !== '');
    expect(Object.fromEntries(found)).toStrictEqual({
      'bytedance/seedance-2.0/fast/reference-to-video': 'audio_urls',
      'bytedance/seedance-2.0/reference-to-video': 'audio_urls',
      'fal-ai/chatterbox/speech-to-speech': 'target_voice_audio_url',
      'fal-ai/chatterbox/text-to-speech': 'audio_url',
      'fal-ai/csm-1b': 'audio_url',
      'fal-ai/dia-tts/voice-clone': 'ref_audio_url',
      'fal-ai/dubbing': 'video_url',
      'fal-ai/elevenlabs/dubbing': 'audio_url video_url',
      'fal-ai/f5-tts': 'ref_audio_url',
      'fal-ai/heygen/v2/translate/precision': 'video_url',
      'fal-ai/heygen/v2/translate/speed': 'video_url',
      'fal-ai/index-tts-2/text-to-speech': 'audio_url emotional_audio_url',
      'fal-ai/kling-video/create-voice': 'voice_url',
      'fal-ai/lux-tts': 'audio_url',
      'fal-ai/minimax-music': 'reference_audio_url',
      'fal-ai/minimax/voice-clone': 'audio_url',
      'fal-ai/personaplex': 'voice_audio_url',
      'fal-ai/personaplex/realtime': 'voice_audio_url',
      'fal-ai/qwen-3-tts/clone-voice/0.6b': 'audio_url',
      'fal-ai/qwen-3-tts/clone-voice/1.7b': 'audio_url',
      'fal-ai/qwen-3-tts/text-to-speech/0.6b': 'speaker_voice_embedding_file_url',
      'fal-ai/qwen-3-tts/text-to-speech/1.7b': 'speaker_voice_embedding_file_url',
      'fal-ai/tada/1b/text-to-speech': 'audio_url',
      'fal-ai/tada/3b/text-to-speech': 'audio_url',
      'fal-ai/vibevoice': 'audio_url',
      'fal-ai/vibevoice/7b': 'audio_url',
      'fal-ai/zonos': 'reference_audio_url',
      'resemble-ai/chatterboxhd/speech-to-speech': 'target_voice_audio_url',
      'resemble-ai/chatterboxhd/text-to-speech': 'audio_url',
    });
  });

  test('is seen under a name and in a shape that nobody foresaw', () => {
    const endpoint: Endpoint = {
      id: 'somebody/new-tts',
      title: 'New',
      kind: 'other',
      outputs: [],
      fields: [
        { name: 'text', type: { kind: 'text' }, required: true, nullable: false },
        { name: 'style', type: { kind: 'anything' }, required: false, nullable: false },
      ],
    };
    const input = { text: 'https://example.com', style: [{ like: ' data:audio/wav;base64,AAAA' }] };
    expect(findSamples({ ...endpoint, kind: 'text-to-speech' }, input)).toStrictEqual([
      ' data:audio/wav;base64,AAAA',
    ]);
  });

  test('passes where it is the sample of a voice of Easel’s own, and only then', () => {
    const endpoint = endpoints.find(({ id }) => id === 'fal-ai/f5-tts');
    if (!endpoint) throw new Error('no such endpoint');
    const url = 'https://files.example/recording.wav';
    const files = [{ url, media: 'audio', option: undefined } as const];
    const ref = { id: 'v', fileName: 'a', claimedType: 'audio/wav', bytes: 1, url: '' };
    const call = { endpoint, input: { ref_audio_url: url }, files };
    const refuse = (platform: string, input = call.input) =>
      refuseForeignSamples({ ...call, input, refs: [{ ...ref, platform }] });
    expect(() => refuse(OWN_VOICES)).not.toThrow();
    expect(() => refuse('discord')).toThrow(/\/voices clone/u);
    expect(() => refuse(OWN_VOICES, { ref_audio_url: `${url}?other` })).toThrow(/\/voices clone/u);
  });
});
