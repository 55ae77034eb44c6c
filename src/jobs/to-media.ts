/** Anything that claims to be nothing in particular is looked at as a picture: most are. */
export function toMedia(claimedType: string): 'image' | 'audio' | 'video' {
  if (claimedType.startsWith('audio/')) return 'audio';
  return claimedType.startsWith('video/') ? 'video' : 'image';
}
