/** What can be done with a result: the same buttons under every one, on every platform. */
import { isRaster } from '../media.ts';
import type { Button } from '../message.ts';
import type { JobIn } from './job.ts';

export function resultButtons(job: JobIn<'fetched' | 'delivered'>): readonly Button[] {
  const { request, result } = job;
  const hasPicture = result.files.some(isRaster);
  const about = request.shows ?? job.id;
  const button = (
    label: string,
    command: string,
    style: Button['style'] = 'secondary',
  ): Button => ({
    label,
    style,
    command,
    job: about,
  });
  return [
    button('Again', 'again'),
    ...(hasPicture ? [button('Vary', 'vary'), button('Upscale', 'upscale')] : []),
    ...(hasPicture ? [button('Edit', 'edit', 'primary')] : []),
    ...(request.prompt === '' ? [] : [button('Remix', 'remix')]),
    button('Details', 'details'),
    ...(hasPicture ? [button('Save', 'save')] : []),
    button('Delete', 'delete', 'danger'),
  ];
}
