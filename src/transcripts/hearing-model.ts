/** The model that listens where nobody chooses: it knows the most languages, and tells speakers apart. */
export const HEARING_MODEL = 'whisper';
