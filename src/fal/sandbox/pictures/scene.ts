/** A small seascape from the prompt: sky, light, hills, mist, water, and one thing to look at. */
import { escapeMarkup } from '../../../draw-words.ts';
import type { Size } from '../size.ts';
import { drawLabels, toCaption } from './labels.ts';
import { drawMotif } from './motifs.ts';
import { choosePalette, isFoggy, mix, type Palette } from './palette.ts';
import { createRandom, type Random } from './random.ts';

/** Larger pictures are this one enlarged: a toy need not be sharp at 4K. */
const LONGEST_SIDE = 1600;

interface Canvas extends Size {
  readonly horizon: number;
  readonly palette: Palette;
  readonly random: Random;
  readonly isFoggy: boolean;
}

/** A picture in the wanted proportions, not yet in the wanted size. */
export async function paintScene(wish: {
  prompt: string;
  seed: number;
  size: Size;
}): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const canvas = toCanvas(wish);
  const size = { width: canvas.width, height: canvas.height };
  const labels = await drawLabels(size, wish.prompt);
  return sharp(Buffer.from(toSvg(canvas, wish.prompt)))
    .composite([...labels])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** The same as an SVG, with the words as its title and at its foot. */
export function drawScene(wish: {
  prompt: string;
  seed: number;
  size: Size;
  isBlackedOut: boolean;
}): string {
  const canvas = toCanvas(wish);
  const { width, height } = canvas;
  if (wish.isBlackedOut) {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}"/></svg>`;
  }
  const unit = Math.min(width, height) / 26;
  const words = escapeMarkup(toCaption(wish.prompt, 60));
  const caption = `<title>${words}</title><text x="${unit}" y="${height - unit}" font-family="serif" font-style="italic" font-size="${unit}" fill="#fff">${words}</text>`;
  return toSvg(canvas, wish.prompt).replace('</svg>', () => `${caption}</svg>`);
}

function toCanvas(wish: { prompt: string; seed: number; size: Size }): Canvas {
  const size = fitCanvas(wish.size);
  const random = createRandom(`${wish.seed}\n${wish.prompt}`);
  const palette = choosePalette(wish.prompt, random);
  const horizon = size.height * random.between(0.6, 0.66);
  return { ...size, horizon, palette, random, isFoggy: isFoggy(wish.prompt) };
}

export function fitCanvas({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

function toSvg(canvas: Canvas, prompt: string): string {
  const { width, height } = canvas;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    ${toDefinitions(canvas)}
    <rect width="${width}" height="${height}" fill="url(#sky)"/>
    ${drawStars(canvas)}${drawLight(canvas)}${drawClouds(canvas)}
    ${drawHills(canvas)}${drawSea(canvas)}${placeMotif(canvas, prompt)}${drawMist(canvas)}
    <rect width="${width}" height="${height}" fill="url(#shade)"/>
  </svg>`;
}

function toDefinitions({ palette, height, width, horizon }: Canvas): string {
  const [top, middle, bottom] = palette.sky;
  const blur = Math.max(1, Math.min(width, height) / 90);
  return `<defs>
    <linearGradient id="sky" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="${horizon}">
      <stop stop-color="${top}"/><stop offset=".62" stop-color="${middle}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>
    <linearGradient id="sea" x2="0" y2="1"><stop stop-color="${mix(palette.sea, bottom, 0.55)}"/>
      <stop offset=".35" stop-color="${palette.sea}"/><stop offset="1" stop-color="${mix(palette.sea, palette.near, 0.75)}"/></linearGradient>
    <radialGradient id="glow"><stop stop-color="${palette.light}" stop-opacity=".9"/>
      <stop offset=".25" stop-color="${palette.light}" stop-opacity=".4"/><stop offset="1" stop-color="${palette.light}" stop-opacity="0"/></radialGradient>
    <linearGradient id="shade" x2="0" y2="1"><stop offset=".7" stop-opacity="0"/><stop offset="1" stop-opacity=".55"/></linearGradient>
    ${toBeam('beam', 0, 1)}${toBeam('beamLeft', 1, 0)}
    <filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="4"/></filter>
    <filter id="cloud" x="-10%" y="-25%" width="120%" height="150%"><feGaussianBlur stdDeviation="${blur}"/></filter>
    <filter id="mist" x="-10%" y="-30%" width="120%" height="160%"><feGaussianBlur stdDeviation="${blur * 2.4}"/></filter>
    <linearGradient id="veil" x2="0" y2="1"><stop stop-color="${palette.mist}" stop-opacity="0"/>
      <stop offset=".35" stop-color="${palette.mist}"/><stop offset=".65" stop-color="${palette.mist}"/>
      <stop offset="1" stop-color="${palette.mist}" stop-opacity="0"/></linearGradient>
  </defs>`;
}

function toBeam(id: string, from: number, to: number): string {
  return `<linearGradient id="${id}" x1="${from}" x2="${to}"><stop stop-color="#fff6cf"/>
    <stop offset="1" stop-color="#fff6cf" stop-opacity="0"/></linearGradient>`;
}

function drawStars({ palette, random, width, horizon }: Canvas): string {
  if (!palette.hasStars) return '';
  return Array.from({ length: 140 }, () => {
    const [x, y] = [random.between(0, width), random.between(0, horizon * 0.85)];
    return `<circle cx="${x}" cy="${y}" r="${random.between(0.5, 1.9)}" fill="#fff" opacity="${random.between(0.25, 0.95)}"/>`;
  }).join('');
}

function drawLight({ palette, random, width, height, horizon }: Canvas): string {
  const [x, y] = [width * random.between(0.16, 0.44), horizon * random.between(0.3, 0.72)];
  const radius = Math.min(width, height) * random.between(0.05, 0.075);
  const path = Array.from({ length: 9 }, (_unused, row) => {
    const half = radius * random.between(0.3, 1.5) * (0.5 + row / 9);
    const line = horizon + (height - horizon) * (0.03 + row * 0.07);
    return `M${x - half},${line} H${x + half}`;
  });
  return `<circle cx="${x}" cy="${y}" r="${radius * 6}" fill="url(#glow)"/>
    <circle cx="${x}" cy="${y}" r="${radius}" fill="${palette.light}"/>
    <g id="gleam"><path d="${path.join('')}" stroke="${palette.light}" stroke-width="${height / 260}" stroke-linecap="round"/></g>`;
}

function drawClouds({ palette, random, width, height, horizon }: Canvas): string {
  const clouds = Array.from({ length: 16 }, () => {
    const [x, y] = [random.between(-0.1, 1.1) * width, random.between(0.08, 0.7) * horizon];
    const [long, thick] = [
      random.between(0.08, 0.24) * width,
      random.between(0.006, 0.02) * height,
    ];
    return `<ellipse cx="${x}" cy="${y}" rx="${long}" ry="${thick}" opacity="${random.between(0.15, 0.45)}"/>`;
  });
  return `<g fill="${mix(palette.mist, palette.sky[1], 0.25)}" filter="url(#cloud)">${clouds.join('')}</g>`;
}

const LAYERS = 4;

function drawHills(canvas: Canvas): string {
  const { palette, random, width, height, horizon, isFoggy } = canvas;
  return Array.from({ length: LAYERS }, (_unused, layer) => {
    const share = layer / (LAYERS - 1);
    const rise = height * (0.2 - 0.13 * share) * random.between(0.8, 1.15);
    const waves = [1, 2.3, 5.1, 11].map((pace) => [pace, random.between(0, 9)] as const);
    const points = Array.from({ length: 97 }, (_point, step) => {
      const wave = waves.reduce(
        (sum, [pace, shift]) => sum + Math.sin((step / 96) * pace * 5 + shift) / pace,
        0,
      );
      return `${(width * step) / 96},${horizon - rise * (0.5 + wave * 0.32)}`;
    });
    const colour = mix(palette.far, palette.near, share * (isFoggy ? 0.4 : 0.7));
    // A gradient looks like a blurred band and costs next to nothing: filters are what takes time here.
    const veil = `<rect y="${horizon - rise * 0.9}" width="${width}" height="${rise * 1.5}" fill="url(#veil)" opacity="${isFoggy ? 0.55 : 0.28}"/>`;
    return `<polygon points="0,${horizon} ${points.join(' ')} ${width},${horizon}" fill="${colour}"/>${veil}`;
  }).join('');
}

function drawSea({ palette, random, width, height, horizon }: Canvas): string {
  const ripples = Array.from({ length: 130 }, () => {
    const depth = random.between(0, 1) ** 1.6;
    const [x, y] = [random.between(0, width), horizon + (height - horizon) * depth];
    return `M${x},${y} h${width * (0.008 + depth * random.between(0.01, 0.06))}`;
  });
  return `<rect y="${horizon}" width="${width}" height="${height - horizon}" fill="url(#sea)"/>
    <path d="${ripples.join('')}" stroke="${palette.mist}" stroke-width="${height / 520}" opacity=".3" stroke-linecap="round"/>
    <use href="#gleam" opacity=".75"/>`;
}

function placeMotif(canvas: Canvas, prompt: string): string {
  const { palette, random, width, height, horizon } = canvas;
  const motif = drawMotif(prompt, palette, random);
  const scale = (Math.min(width, height) / 400) * random.between(0.9, 1.08);
  const x = width * random.between(0.6, 0.74);
  const y = horizon + (height - horizon) * (motif.isAfloat ? random.between(0.12, 0.3) : 0.06);
  return `<g transform="translate(${x} ${y}) scale(${scale})">${motif.shapes}</g>`;
}

function drawMist({ palette, random, width, height, horizon, isFoggy }: Canvas): string {
  const bands = Array.from({ length: isFoggy ? 9 : 3 }, () => {
    const y = horizon + height * random.between(-0.22, 0.1);
    const x = width * random.between(0, 1);
    return `<ellipse cx="${x}" cy="${y}" rx="${width * random.between(0.25, 0.55)}" ry="${height * random.between(0.012, 0.035)}" opacity="${random.between(0.25, 0.5)}"/>`;
  });
  return `<g fill="${palette.mist}" filter="url(#mist)">${bands.join('')}</g>`;
}
