/** What a file is, in words for people who decide whether to save it. */
import path from 'node:path';

const STEP = 1024;
const FAMILIES: Readonly<Record<string, string>> = {
  image: 'Picture',
  audio: 'Sound',
  video: 'Video',
  model: '3D model',
  text: 'Text',
  font: 'Font',
};

/** Such as `3D model (GLB) · 3.2 MB`. */
export function wordFile(file: {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
}): string {
  const family = FAMILIES[file.contentType.split('/', 1)[0] ?? ''] ?? 'File';
  const extension = path.extname(file.fileName).slice(1).toUpperCase();
  const kind = extension === '' ? family : `${family} (${extension})`;
  return `${kind} · ${wordBytes(file.bytes)}`;
}

function wordBytes(bytes: number): string {
  if (bytes < STEP) return `${bytes} bytes`;
  const unit = bytes < STEP * STEP ? 'KB' : 'MB';
  const count = unit === 'KB' ? bytes / STEP : bytes / STEP / STEP;
  return `${count.toFixed(count < 10 && unit === 'MB' ? 1 : 0)} ${unit}`;
}
