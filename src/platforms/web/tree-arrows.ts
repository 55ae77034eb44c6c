/**
 * The arrows of a family tree as SVG, once for each way in which the tree can lie. Only attributes
 * hold positions: the content security policy forbids styles in the page. All lengths are in `rem`,
 * so that pictures and arrows grow together with the letters.
 */
import { html } from 'hono/html';
import type { Arrow, FamilyLayout, Spot } from '../../pictures/lay-out-family.ts';
import type { Html } from './render-words.ts';

/** Sizes are sixteenths of a `rem`; `public/pictures.css` has the same ones. */
interface Shape {
  readonly name: 'wide' | 'tall';
  /** Along the steps, and across them. */
  readonly card: { readonly along: number; readonly across: number };
  readonly gap: { readonly along: number; readonly across: number };
  /** Where arrows meet a card, across. */
  readonly middle: number;
}

/** Steps lead to the right. */
const WIDE: Shape = {
  name: 'wide',
  card: { along: 152, across: 224 },
  gap: { along: 60, across: 28 },
  middle: 76,
};
/** Steps lead down, for screens that are narrow. */
const TALL: Shape = {
  name: 'tall',
  card: { along: 208, across: 136 },
  gap: { along: 44, across: 24 },
  middle: 68,
};
const SHAPES = [WIDE, TALL];

/** Lines between two lanes keep this far apart, where there is room. */
const TRACK = 5;
const HEAD = { length: 7, width: 5 };
const CLEARANCE = 3;

/** `isOnTheWay` tells which arrows lead to the picture that was asked for. */
export function renderArrows(layout: FamilyLayout, isOnTheWay: (arrow: Arrow) => boolean): Html {
  const sorted = layout.arrows.toSorted((a, b) => Number(isOnTheWay(a)) - Number(isOnTheWay(b)));
  return html`${SHAPES.map((shape) => {
    const { along, across } = sizeOf(layout, shape);
    const [width, height] = shape.name === 'wide' ? [along, across] : [across, along];
    return html`<svg
      class="arrows ${shape.name}"
      width="${toRem(width)}"
      height="${toRem(height)}"
      viewBox="0 0 ${width} ${height}"
      aria-hidden="true"
    >
      ${sorted.map((arrow) => renderArrow(arrow, isOnTheWay(arrow), layout, shape))}
    </svg>`;
  })}`;
}

/** Keeps some lanes of a layer free, whichever way the tree lies. */
export function renderFreeLanes(count: number): Html | string {
  if (count === 0) return '';
  const [height, width] = SHAPES.map((shape) => count * pitchOf(shape).across);
  return html`<svg
    class="free-lanes"
    width="${toRem(width ?? 0)}"
    height="${toRem(height ?? 0)}"
    aria-hidden="true"
  ></svg>`;
}

function renderArrow(arrow: Arrow, isOnTheWay: boolean, layout: FamilyLayout, shape: Shape): Html {
  const { line, head } = toPaths(toCourse(arrow, layout.spots, shape), shape);
  const { from, to } = arrow;
  return html`<g class="${isOnTheWay ? 'on-the-way' : ''}" data-from="${from}" data-to="${to}">
    <path d="${line}" />
    <path class="head" d="${head}" />
  </g>`;
}

interface Point {
  readonly along: number;
  readonly across: number;
}

/** Where an arrow begins and ends, and how far out it passes the layers in between. */
interface Course {
  readonly begin: Point;
  readonly end: Point;
  readonly via: number;
}

function toCourse(
  { from, to, along }: Arrow,
  spots: ReadonlyMap<string, Spot>,
  shape: Shape,
): Course {
  const pitch = pitchOf(shape);
  const corner = (id: string): Point => {
    const { layer, lane } = spots.get(id) ?? { layer: 0, lane: 0 };
    return { along: layer * pitch.along, across: lane * pitch.across + shape.middle };
  };
  const begin = corner(from);
  return {
    begin: { ...begin, along: begin.along + shape.card.along },
    end: corner(to),
    via: 'lane' in along ? along.lane * pitch.across + shape.middle : toTrack(along, shape),
  };
}

/** All turns are between layers, where no picture stands. */
function toPaths(
  { begin, end, via }: Course,
  { gap, name }: Shape,
): { line: string; head: string } {
  const point = ({ along, across }: Point): string =>
    name === 'wide' ? `${along} ${across}` : `${across} ${along}`;
  const bend = (a: Point, b: Point): string => {
    const half = (a.along + b.along) / 2;
    const controls = [a, b].map(({ across }) => point({ along: half, across }));
    return `C${controls.join(' ')} ${point(b)}`;
  };
  const start = { ...begin, along: begin.along + CLEARANCE };
  const tip = { ...end, along: end.along - CLEARANCE };
  const entry = { along: begin.along + gap.along, across: via };
  const exit = { along: end.along - gap.along, across: via };
  const isLong = exit.along > begin.along;
  const bends = isLong
    ? `${bend(start, entry)}L${point(exit)}${bend(exit, tip)}`
    : bend(start, tip);
  const barb = (side: number): string =>
    point({ along: tip.along - HEAD.length, across: tip.across + side * HEAD.width });
  return {
    line: `M${point(start)}${bends}`,
    head: `M${barb(-1)}L${point(tip)}L${barb(1)}`,
  };
}

/** In the room between two lanes; more lines than fit there share tracks. */
function toTrack(way: { readonly behind: number; readonly track: number }, shape: Shape): number {
  const fitting = Math.max(1, Math.floor((shape.gap.across - TRACK) / TRACK));
  const track = way.track % fitting;
  const side = track % 2 === 0 ? 1 : -1;
  const offset = side * Math.ceil(track / 2) * TRACK;
  return (way.behind + 1) * pitchOf(shape).across - shape.gap.across / 2 + offset;
}

function sizeOf({ layers, lanes }: FamilyLayout, shape: Shape): Point {
  const pitch = pitchOf(shape);
  return {
    along: layers * pitch.along - shape.gap.along,
    across: lanes * pitch.across - shape.gap.across,
  };
}

function pitchOf({ card, gap }: Shape): Point {
  return { along: card.along + gap.along, across: card.across + gap.across };
}

function toRem(sixteenths: number): string {
  return `${sixteenths / 16}rem`;
}
