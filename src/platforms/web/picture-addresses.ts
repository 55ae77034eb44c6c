/** Where the web chat's pages about earlier pictures are. */
import type { TreeAddresses } from './family-tree.ts';

export const HISTORY = '/web/history';

export function pageOf(id: string): string {
  return `/web/pictures/${encodeURIComponent(id)}`;
}

export function originalOf(id: string): string {
  return `${pageOf(id)}/original`;
}

export function thumbnailOf(id: string): string {
  return `${pageOf(id)}/thumbnail`;
}

export const TREE_ADDRESSES: TreeAddresses = {
  thumbnailOf: ({ id }) => thumbnailOf(id),
  pageOf: ({ id }) => pageOf(id),
};
