/** Reads JSON text back. Throws an error that names the damaged `row`. */
export function toValue(text: string, row: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The stored ${row} is damaged: it holds no JSON`, { cause: error });
  }
}
