/** What an interaction's token opens for its 15 minutes; no other key is needed. */
import { MessageFlags, Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Rendered } from './render.ts';
import { quiet, toEditBody, withFiles, type Content } from './request-body.ts';
import { parseMessage, type SeenMessage } from './seen-message.ts';

const idSchema = z.object({ id: z.string() });
/** The message that an interaction opened, or whose button was pressed. */
export const RESPONSE = '@original';

export interface ResponseKey {
  readonly applicationId: string;
  readonly token: string;
}
/** One of the messages that the token opens. */
export type ResponseMessageKey = ResponseKey & { readonly message: string };

export function responseCalls(rest: REST) {
  return {
    async followUpPrivately(key: ResponseKey, content: Content): Promise<void> {
      const route = Routes.webhook(key.applicationId, key.token);
      const request = await withFiles(quiet(content.rendered, MessageFlags.Ephemeral), content);
      await rest.post(route, { auth: false, ...request });
    },
    async followUp(key: ResponseKey, rendered: Rendered): Promise<string> {
      const route = Routes.webhook(key.applicationId, key.token);
      return idSchema.parse(await rest.post(route, { auth: false, body: quiet(rendered) })).id;
    },
    async readResponse(key: ResponseMessageKey): Promise<SeenMessage> {
      return parseMessage(await rest.get(routeOf(key), { auth: false }));
    },
    async editResponse(key: ResponseMessageKey, edit: Content): Promise<void> {
      const request = await withFiles(toEditBody(edit), edit);
      await rest.patch(routeOf(key), { auth: false, ...request });
    },
    async changeResponse(key: ResponseMessageKey, body: object): Promise<void> {
      await rest.patch(routeOf(key), { auth: false, body });
    },
    async removeResponse(key: ResponseMessageKey): Promise<void> {
      await rest.delete(routeOf(key), { auth: false });
    },
  };
}

function routeOf({ applicationId, token, message }: ResponseMessageKey) {
  return Routes.webhookMessage(applicationId, token, message);
}
