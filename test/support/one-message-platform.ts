import type { ChatPlatform, StatusMessage } from '../../src/platforms/platform.ts';

/** Fails whoever calls what a test is not about. */
export const unused = () => Promise.reject(new Error('not part of this'));

/** A web chat that holds one message and does nothing else. */
export function createOneMessagePlatform(
  message: StatusMessage,
  { hasSpoilers = false }: { readonly hasSpoilers?: boolean } = {},
): ChatPlatform {
  return {
    name: 'web',
    limits: {
      editEveryMs: 1,
      editScope: 'message',
      textLength: 1000,
      hasSpoilers,
      seesEverything: true,
      hasVoiceMessages: false,
      hasButtonsBesideFiles: true,
    },
    reopen: () => message,
    post: async () => message,
    publishCommands: unused,
    start: unused,
    locateAttachment: unused,
    readLinked: unused,
    remove: unused,
    describe: unused,
    isConnected: () => true,
    stop: unused,
  };
}
