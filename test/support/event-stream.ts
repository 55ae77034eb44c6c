/** Reads the web chat's server-sent events as a browser would. */
export interface EventStream {
  readonly response: Response;
  /** Waits for the next event with content. */
  next(): Promise<SeenEvent>;
  /** Resolves when the server ends the stream. */
  end(): Promise<void>;
  close(): Promise<void>;
}
interface SeenEvent {
  readonly id: string;
  readonly html: string;
}

export async function openEventStream(
  address: string,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const response = await fetch(address, { headers });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';

  async function readBlock(): Promise<string> {
    while (!text.includes('\n\n')) {
      const { done, value } = await reader.read();
      if (done) throw new Error('the stream has ended');
      text += value;
    }
    const [block = ''] = text.split('\n\n', 1);
    text = text.slice(block.length + 2);
    return block;
  }

  return {
    response,
    async next() {
      let html = '';
      let block = '';
      while (html === '') {
        block = await readBlock();
        html = readField(block, 'data').join('\n');
      }
      return { id: readField(block, 'id')[0] ?? '', html };
    },
    async end() {
      while (!(await reader.read()).done);
    },
    close: () => reader.cancel(),
  };
}

function readField(block: string, name: string): string[] {
  const prefix = `${name}: `;
  return block
    .split('\n')
    .filter((row) => row.startsWith(prefix))
    .map((row) => row.slice(prefix.length));
}
