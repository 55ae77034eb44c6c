/** The model that people get who name none; with pictures it edits them. It stands first in every list. */
export const DEFAULT_MODEL = 'nano-banana-pro';
