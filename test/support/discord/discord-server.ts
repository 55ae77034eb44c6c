import type { DiscordServer, DiscordServerOptions } from './types.ts';

export type * from './types.ts';

export declare function startDiscordServer(options?: DiscordServerOptions): Promise<DiscordServer>;
