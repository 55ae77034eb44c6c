/** What can be done with a result: the same buttons under every one, on every platform. */
import { isRaster } from '../media.ts';
import type { Button } from '../message.ts';
import type { GenerationRequest } from '../request.ts';
import { findWish } from './find-wish.ts';
import type { JobIn } from './job.ts';

export function resultButtons(job: JobIn<'fetched' | 'delivered'>): readonly Button[] {
  const { voice, shows } = job.request;
  // Doing that again would be another voice, or another consent.
  if (voice && voice.role !== 'speaks') return [];
  const about = shows ?? job.id;
  return chooseWords(job).map(([label, command, style = 'secondary']) => ({
    label,
    style,
    command,
    job: about,
  }));
}

type Words = readonly [label: string, command: string, style?: Button['style']];

function chooseWords(job: JobIn<'fetched' | 'delivered'>): readonly Words[] {
  const { request, result } = job;
  if (request.spoken) return [['Correct', 'say-instead', 'primary'], DELETE];
  if (result.transcript !== undefined) return underTranscript(job);
  const hasPicture = result.files.some(isRaster);
  return [
    ['Again', 'again'],
    ...(hasPicture ? PICTURE_WORDS : []),
    ...(request.prompt === '' ? [] : [['Remix', 'remix'] as const]),
    ['Details', 'details'],
    ...(hasPicture ? [['Save', 'save'] as const] : []),
    DELETE,
  ];
}

const DELETE: Words = ['Delete', 'delete', 'danger'];
const PICTURE_WORDS: readonly Words[] = [
  ['Vary', 'vary'],
  ['Upscale', 'upscale'],
  ['Edit', 'edit', 'primary'],
];

function underTranscript({ request, result }: JobIn<'fetched' | 'delivered'>): readonly Words[] {
  if ((result.text ?? '').trim() === '') return [['Details', 'details'], DELETE];
  return [
    ['Files', 'transcript-files', 'primary'],
    ['Correct', 'correct'],
    ...(tellsSpeakers(request) ? [['Name speakers', 'name-speakers'] as const] : []),
    ['Use as prompt', 'use-as-prompt'],
    ['Read aloud', 'speak'],
    ['Details', 'details'],
    DELETE,
  ];
}

function tellsSpeakers({ options, retells }: GenerationRequest): boolean {
  if (retells && retells.names.length > 0) return true;
  return String(findWish(options, 'speakers')) === 'true';
}
