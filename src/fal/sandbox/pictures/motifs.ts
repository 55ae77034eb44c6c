/** One thing to look at, as the prompt asks: drawn in a box 100 wide and 200 high, feet at 0,0. */
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';

export interface Motif {
  readonly shapes: string;
  /** Afloat on the sea rather than ashore. */
  readonly isAfloat: boolean;
}

type Draw = (palette: Palette, random: Random) => Motif;

const MOTIFS: readonly (readonly [RegExp, Draw])[] = [
  [/\b(?:lighthouse|beacon|tower)s?\b/iu, drawLighthouse],
  [/\b(?:boat|ship|sail\w*|yacht|regatta)s?\b/iu, drawBoat],
  [/\b(?:house|home|cabin|cottage|hut|village|farm)s?\b/iu, drawCabin],
  [/\b(?:tree|forest|wood|pine|jungle|garden)s?\b/iu, drawPines],
];

export function drawMotif(prompt: string, palette: Palette, random: Random): Motif {
  const any = random.pick([drawBoat, drawPines, drawPines, drawCabin, drawLighthouse]);
  const draw = MOTIFS.find(([words]) => words.test(prompt))?.[1] ?? any;
  return draw(palette, random);
}

function drawLighthouse(palette: Palette): Motif {
  const dark = palette.near;
  const beam = `<g filter="url(#soft)" opacity=".5">
    <polygon points="6,-158 420,-235 420,-120" fill="url(#beam)"/>
    <polygon points="-6,-158 -420,-205 -420,-125" fill="url(#beamLeft)"/></g>`;
  const stripes = [0, 2, 4].map((row) => {
    const [low, high] = [-18 - row * 22, -40 - row * 22];
    const [wide, slim] = [20 + low * 0.068, 20 + high * 0.068];
    return `<polygon points="${-wide},${low} ${wide},${low} ${slim},${high} ${-slim},${high}" fill="#b8433f"/>`;
  });
  return {
    isAfloat: false,
    shapes: `${beam}
      <path d="M-86,26 Q-70,-12 -40,-14 Q-10,-26 30,-16 Q66,-12 96,26 Z" fill="${dark}"/>
      <polygon points="-20,-10 20,-10 10,-142 -10,-142" fill="#efe9df"/>${stripes.join('')}
      <polygon points="3,-10 20,-10 10,-142 2,-142" fill="#000" opacity=".22"/>
      <rect x="-15" y="-148" width="30" height="6" rx="1" fill="${dark}"/>
      <rect x="-9" y="-168" width="18" height="20" fill="#ffe9a8"/>
      <path d="M-9,-168 V-148 M0,-168 V-148 M9,-168 V-148" stroke="${dark}" stroke-width="2"/>
      <path d="M-12,-168 Q0,-190 12,-168 Z" fill="#7d2f2f"/>
      <circle cx="0" cy="-158" r="26" fill="#fff0b8" opacity=".55" filter="url(#soft)"/>`,
  };
}

function drawBoat(palette: Palette): Motif {
  return {
    isAfloat: true,
    shapes: `<path d="M-46,-8 L50,-8 Q42,10 30,12 L-30,12 Q-42,8 -46,-8 Z" fill="${palette.near}"/>
      <rect x="-1" y="-112" width="2.5" height="106" fill="${palette.near}"/>
      <path d="M4,-110 Q52,-60 46,-18 L4,-18 Z" fill="#f7f1e6"/>
      <path d="M-4,-98 Q-34,-52 -38,-18 L-4,-18 Z" fill="#e4d8c6"/>
      <path d="M-40,16 H36 M-26,24 H24 M-12,32 H12" stroke="#fff" stroke-width="2" opacity=".35"/>`,
  };
}

function drawCabin(palette: Palette): Motif {
  return {
    isAfloat: false,
    shapes: `<path d="M-120,30 Q-60,-10 0,-8 Q70,-8 130,30 Z" fill="${palette.near}"/>
      <rect x="20" y="-78" width="10" height="26" fill="#3a2a2a"/>
      <path d="M25,-84 q-10,-16 4,-28 q12,-12 2,-30" stroke="#fff" stroke-width="5" fill="none" opacity=".35" filter="url(#soft)"/>
      <rect x="-40" y="-46" width="80" height="42" fill="#6b4636"/>
      <polygon points="-50,-44 0,-84 50,-44" fill="#2f2430"/>
      <rect x="-28" y="-34" width="18" height="16" fill="#ffd98a"/>
      <rect x="10" y="-34" width="18" height="16" fill="#ffd98a"/>
      <rect x="-6" y="-28" width="12" height="24" fill="#2f2430"/>
      <circle cx="-19" cy="-26" r="24" fill="#ffd98a" opacity=".35" filter="url(#soft)"/>`,
  };
}

function drawPines(palette: Palette, random: Random): Motif {
  const trees = [-92, -62, -30, 0, 26, 58, 90].map((x) => {
    const height = random.between(70, 165);
    const tiers = [0, 0.24, 0.46, 0.66].map((low) => {
      const wide = height * 0.2 * (1 - low * 0.8);
      const top = low === 0.66 ? height : height * (low + 0.42);
      return `<polygon points="${x - wide},${-height * low} ${x + wide},${-height * low} ${x},${-top}"/>`;
    });
    return tiers.join('');
  });
  return {
    isAfloat: false,
    shapes: `<path d="M-150,34 Q-70,-12 0,-10 Q80,-12 150,34 Z" fill="${palette.near}"/>
      <g fill="${palette.near}">${trees.join('')}</g>`,
  };
}
