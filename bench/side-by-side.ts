/**
 * Gives the same wishes to `@ai-sdk/fal` and to Easel and writes what each sends and loses into
 * `docs/side-by-side.md`. Nothing is sent anywhere.
 *
 *   npm run bench:side-by-side
 */
import { writeFile } from 'node:fs/promises';
import { findAll } from './side-by-side/find-all.ts';
import { toDocument } from './side-by-side/to-document.ts';

const file = new URL('../docs/side-by-side.md', import.meta.url);
await writeFile(file, toDocument(await findAll()));
