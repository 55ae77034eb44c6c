/** The sandbox's CDN: files in memory, the oldest dropped first, as fal's expire one day. */
import { randomBytes } from 'node:crypto';

/** Room for several 4K pictures; results are fetched at once, so older ones are not missed. */
const ROOM = 192 * 1024 * 1024;

export interface StoredFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly name: string;
  /** For fault rules: the request that made the file. */
  readonly endpoint?: string | undefined;
  readonly prompt?: string | undefined;
}

export interface Files {
  /** Keeps the file and returns its path on this server. */
  add(file: StoredFile): string;
  /** Keeps the file under a path that was promised earlier. */
  put(path: string, file: StoredFile): void;
  find(path: string): StoredFile | undefined;
  /** A fresh path for a file of this name. */
  reserve(name: string): string;
}

export function createFiles(): Files {
  const kept = new Map<string, StoredFile>();
  let size = 0;

  function put(path: string, file: StoredFile): void {
    kept.set(path, file);
    size += file.bytes.length;
    for (const [oldest, { bytes }] of kept) {
      if (size <= ROOM || oldest === path) return;
      kept.delete(oldest);
      size -= bytes.length;
    }
  }

  return {
    reserve,
    put,
    find: (path) => kept.get(path),
    add(file) {
      const path = reserve(file.name);
      put(path, file);
      return path;
    },
  };
}

function reserve(name: string): string {
  return `/cdn/files/b/${randomBytes(8).toString('hex')}/${encodeURIComponent(name)}`;
}
