/** The colours of an hour of the day, chosen by the prompt's words or else by the seed. */
import type { Random } from './random.ts';

export interface Palette {
  /** From the top down to the horizon. */
  readonly sky: readonly [string, string, string];
  readonly light: string;
  /** From the far hills to the near ones. */
  readonly far: string;
  readonly near: string;
  readonly sea: string;
  readonly mist: string;
  readonly hasStars: boolean;
}

const DAWN: Palette = {
  sky: ['#5b6fa8', '#e6a5a1', '#fde3bf'],
  light: '#fff3d6',
  far: '#b78fa6',
  near: '#33304f',
  sea: '#8d7fa8',
  mist: '#fdeee2',
  hasStars: false,
};
const DAY: Palette = {
  sky: ['#3a86c8', '#8fc3e6', '#eaf5f3'],
  light: '#fffbe8',
  far: '#8fb3c4',
  near: '#1f4a4a',
  sea: '#4f93b0',
  mist: '#f4fbff',
  hasStars: false,
};
const DUSK: Palette = {
  sky: ['#2b2a5c', '#b0517a', '#ffb56b'],
  light: '#ffe2a8',
  far: '#8a4f7d',
  near: '#1c1433',
  sea: '#7a4a73',
  mist: '#ffd2b0',
  hasStars: false,
};
const NIGHT: Palette = {
  sky: ['#070b24', '#16265a', '#3f5f94'],
  light: '#f2f4ff',
  far: '#2f4674',
  near: '#060a1c',
  sea: '#1c3363',
  mist: '#a9bfe6',
  hasStars: true,
};
const FOG: Palette = {
  sky: ['#6f8796', '#a9bac1', '#e4e6df'],
  light: '#fffaf0',
  far: '#a3b1b6',
  near: '#2c3b45',
  sea: '#8b9ea6',
  mist: '#f3f4f0',
  hasStars: false,
};

const HOURS: readonly (readonly [RegExp, Palette])[] = [
  [/\b(?:night|midnight|moon\w*|stars?|starry|dark|space)\b/iu, NIGHT],
  [/\b(?:sunset|dusk|evening|autumn|fire|desert|warm)\b/iu, DUSK],
  [/\b(?:dawn|sunrise|morning|spring|blossoms?|pink)\b/iu, DAWN],
  [/\b(?:fog\w*|mist\w*|haze|hazy|rain\w*|storm\w*|winter)\b/iu, FOG],
  [/\b(?:day|noon|summer|sunny|clear|beach)\b/iu, DAY],
];

export function choosePalette(prompt: string, random: Random): Palette {
  const anyHour = random.pick([DAWN, DAY, DUSK, NIGHT]);
  return HOURS.find(([words]) => words.test(prompt))?.[1] ?? anyHour;
}

export function isFoggy(prompt: string): boolean {
  return /\b(?:fog\w*|mist\w*|haze|hazy)\b/iu.test(prompt);
}

/** A colour part of the way from one to another. */
export function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const [low, high] = [from, to].map((colour) =>
      Number.parseInt(colour.slice(start, start + 2), 16),
    );
    const value = (low ?? 0) + ((high ?? 0) - (low ?? 0)) * share;
    return Math.round(value).toString(16).padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
