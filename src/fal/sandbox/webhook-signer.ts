/** Signs webhooks as fal does (Ed25519 over four lines) and publishes the key as a JWKS. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const USER_ID = 'sandbox-user';

export interface WebhookSigner {
  readonly jwks: { readonly keys: readonly Record<string, unknown>[] };
  sign(call: {
    requestId: string;
    at: Date;
    body: string;
    forged: boolean;
  }): Record<string, string>;
}

export function createWebhookSigner(): WebhookSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const stranger = generateKeyPairSync('ed25519');
  return {
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'sandbox', use: 'sig' }] },
    sign({ requestId, at, body, forged }) {
      const seconds = String(Math.floor(at.getTime() / 1000));
      const digest = createHash('sha256').update(body).digest('hex');
      const message = Buffer.from([requestId, USER_ID, seconds, digest].join('\n'));
      return {
        'x-fal-webhook-request-id': requestId,
        'x-fal-webhook-user-id': USER_ID,
        'x-fal-webhook-timestamp': seconds,
        'x-fal-webhook-signature': sign(
          null,
          message,
          forged ? stranger.privateKey : privateKey,
        ).toString('hex'),
      };
    },
  };
}
