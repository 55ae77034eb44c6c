/** A coloured cube as a binary glTF: the smallest thing that any 3D viewer shows. */
import { createRandom } from '../pictures/random.ts';

const SIDES = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
] as const;
type Vector = readonly [number, number, number];
const FLOAT = 5126;
const UNSIGNED_SHORT = 5123;

/** The words choose the colour. */
export function buildCube(words: string): Buffer {
  const random = createRandom(words);
  const colour = [random.between(0.2, 1), random.between(0.2, 1), random.between(0.2, 1), 1];
  const corners = SIDES.flatMap(toCorners);
  const positions = toFloats(corners);
  const normals = toFloats(SIDES.flatMap((side) => [side, side, side, side]));
  const indices = Buffer.alloc(72);
  SIDES.flatMap((_side, index) => [0, 1, 2, 0, 2, 3].map((corner) => index * 4 + corner)).forEach(
    (corner, index) => indices.writeUInt16LE(corner, index * 2),
  );
  return toGlb(describe(words, colour), Buffer.concat([positions, normals, indices]));
}

/** Four corners of a side, counter-clockwise as seen from outside. */
function toCorners([x, y, z]: Vector): readonly Vector[] {
  const across: Vector = [y, z, x];
  const up: Vector = [
    y * across[2] - z * across[1],
    z * across[0] - x * across[2],
    x * across[1] - y * across[0],
  ];
  const turns = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const;
  return turns.map(([right, high]) => [
    (x + right * across[0] + high * up[0]) / 2,
    (y + right * across[1] + high * up[1]) / 2,
    (z + right * across[2] + high * up[2]) / 2,
  ]);
}

function toFloats(vectors: readonly Vector[]): Buffer {
  return Buffer.from(new Float32Array(vectors.flat()).buffer);
}

function describe(words: string, colour: readonly number[]) {
  const attributes = { POSITION: 0, NORMAL: 1 };
  return {
    asset: { version: '2.0', generator: 'Easel sandbox' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name: words.slice(0, 200) }],
    meshes: [{ primitives: [{ attributes, indices: 2, material: 0 }] }],
    materials: [{ pbrMetallicRoughness: { baseColorFactor: colour, metallicFactor: 0 } }],
    accessors: [
      {
        bufferView: 0,
        componentType: FLOAT,
        count: 24,
        type: 'VEC3',
        min: [-0.5, -0.5, -0.5],
        max: [0.5, 0.5, 0.5],
      },
      { bufferView: 1, componentType: FLOAT, count: 24, type: 'VEC3' },
      { bufferView: 2, componentType: UNSIGNED_SHORT, count: 36, type: 'SCALAR' },
    ],
    bufferViews: [toView(0, 288), toView(288, 288), toView(576, 72)],
    buffers: [{ byteLength: 648 }],
  };
}

function toView(byteOffset: number, byteLength: number) {
  return { buffer: 0, byteOffset, byteLength };
}

function toGlb(description: object, binary: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(description));
  const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
  const header = Buffer.alloc(12, 'glTF');
  const chunks = [toChunk('JSON', padded), toChunk('BIN\0', binary)];
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(12 + chunks.reduce((sum, { length }) => sum + length, 0), 8);
  return Buffer.concat([header, ...chunks]);
}

function toChunk(type: string, content: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(content.length, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, content]);
}
