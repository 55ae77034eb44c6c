/** fal's four hosts; each can be pointed at a proxy or an emulator. No trailing slashes. */
export interface FalAddresses {
  readonly queue: string;
  readonly run: string;
  readonly rest: string;
  readonly api: string;
}

export const FAL_ADDRESSES: FalAddresses = {
  queue: 'https://queue.fal.run',
  run: 'https://fal.run',
  rest: 'https://rest.fal.ai',
  api: 'https://api.fal.ai/v1',
};
