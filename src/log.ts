/** The log: JSON lines on standard error, with everything secret cut out. */
import { pino, type Logger } from 'pino';

/**
 * What must never reach a log, by shape: keys and tokens of the three services, and the addresses
 * that are secrets themselves (interaction webhooks, response URLs, upload URLs, socket tickets).
 */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(Key|Bot|Bearer)\s+[\w.:~+/-]{8,}=*/gu, '$1 [secret]'],
  [/\b(?:xox[abeprs]|xapp)-[\w-]+/gu, '[slack token]'],
  [/\b[\w-]{8}-[\w-]{4}-[\w-]{4}-[\w-]{4}-[\w-]{12}:[\da-f]{16,}/giu, '[fal key]'],
  [/\b[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}/gu, '[discord token]'],
  [/(\/interactions\/\d+\/|\/webhooks\/\d+\/)[\w.-]{16,}/gu, '$1[secret]'],
  [/(hooks\.slack\.com\/\w+\/)[\w/-]+/gu, '$1[secret]'],
  [/(files\.slack\.com\/upload\/v1\/)[\w-]+/gu, '$1[secret]'],
  [/([?&](?:ticket|ex|is|hm|sign|token)=)[^&\s"]+/gu, '$1[secret]'],
];

export function createLog(
  level: string,
  destination: NodeJS.WritableStream = process.stderr,
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
      hooks: { streamWrite: redact },
    },
    destination,
  );
}

/** Works on the finished line, so that nested errors and foreign objects are covered too. */
function redact(text: string): string {
  return SECRETS.reduce((line, [shape, replacement]) => line.replace(shape, replacement), text);
}

/** Foreign errors drag whole requests along, files and all: only what names the fault is kept. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name,
    message,
    code,
    stack,
    cause: cause === undefined ? undefined : describeError(cause),
  };
}
