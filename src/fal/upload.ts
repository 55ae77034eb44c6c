/** Lends a file to fal, so that a model can read it: chat platforms' addresses need credentials. */
import { openAsBlob } from 'node:fs';
import { ApiError, type StorageClient } from '@fal-ai/client';
import { UpstreamError } from '../errors.ts';
import { toFailure } from './errors.ts';
import type { Upload } from './fal-queue.ts';

/** A request may wait in line for a while; after a day nobody needs the file at fal. */
const LIFETIME = { expiresIn: '1d' } as const;

export function createUpload(storage: StorageClient): (upload: Upload) => Promise<string> {
  return async ({ path, fileName, contentType }) => {
    // Backed by the file: it is read while it is sent.
    const file = new File([await openAsBlob(path)], fileName, { type: contentType });
    try {
      return await storage.upload(file, { lifecycle: LIFETIME });
    } catch (error) {
      throw toUpstreamError(error);
    }
  };
}

function toUpstreamError(error: unknown): UpstreamError {
  if (error instanceof ApiError && error.status < 500) {
    const { text, retryable } = toFailure({ status: error.status, body: error.body, headers: {} });
    return new UpstreamError('fal', text, { retryable, cause: error });
  }
  const text = 'The file could not be handed to fal. Please try again in a moment.';
  return new UpstreamError('fal', text, { retryable: true, cause: error });
}
