/** 16-bit samples as numbers, without copying: every machine that Easel runs on keeps them that way round. */
export function toSamples({ buffer, byteOffset }: Buffer, count: number): Int16Array {
  return new Int16Array(buffer, byteOffset, count);
}
