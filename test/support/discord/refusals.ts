import type { JsonObject } from './types.ts';

/** An answer that is not 2xx, in Discord's own form. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}) {
    super(String(body['message']));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** One mistake in a body, at a path such as `components.0.components.1.custom_id`. */
export interface FormProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

const known = {
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  tooManyAttachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  requestTooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  tooManyFollowups: [
    400,
    40094,
    'This interaction has reached the maximum number of follow up messages',
  ],
  missingAccess: [403, 50001, 'Missing Access'],
  editsOthersMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  deadToken: [401, 50027, 'Invalid Webhook Token'],
  fileTooLarge: [413, 50045, 'File uploaded exceeds the maximum size'],
  voiceWithMore: [400, 50159, 'Voice messages do not support additional content'],
  voiceNotAlone: [400, 50160, 'Voice messages must have a single audio attachment'],
  voiceWithoutFacts: [400, 50161, 'Voice messages must have supporting metadata'],
  voiceEdited: [400, 50162, 'Voice messages cannot be edited'],
  voiceForbidden: [403, 50173, 'You cannot send voice messages in this channel'],
  badJson: [400, 50109, 'The request body contains invalid JSON.'],
  noHistory: [400, 160002, 'Cannot reply without permission to read message history'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
} as const;

export function refuse(name: keyof typeof known): Refusal {
  const [status, code, message] = known[name];
  return new Refusal(status, { message, code });
}

export function refuseForm(problems: readonly FormProblem[]): Refusal {
  const errors: JsonObject = {};
  for (const problem of problems) addProblem(errors, problem);
  return new Refusal(400, { message: 'Invalid Form Body', code: 50035, errors });
}

function addProblem(errors: JsonObject, problem: FormProblem): void {
  let branch = errors;
  for (const key of problem.path.split('.').filter(Boolean)) {
    branch = (branch[key] ??= {}) as JsonObject;
  }
  const list = (branch['_errors'] ??= []) as unknown[];
  list.push({ code: problem.code, message: problem.message });
}
