/** What the sandbox has seen, newest last, so that tests can count and people can look. */

/** Enough for any test; a sandbox that runs for weeks must not grow with every poll. */
const KEPT = 2000;

interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it was JSON; of other bodies only the size. */
  readonly body: unknown;
}

interface AcceptedSubmit {
  readonly endpoint: string;
  readonly input: unknown;
  /** Names in the input that the endpoint does not know, such as `image_size.depth`: fal says nothing. */
  readonly ignored: readonly string[];
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface SeenUpload {
  readonly url: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly size: number;
}

interface SentWebhook {
  readonly requestId: string;
  readonly url: string;
  /** The receiver's answer, or why there was none. */
  readonly outcome: number | string;
}

export interface Journal {
  readonly requests: readonly SeenRequest[];
  readonly submits: readonly AcceptedSubmit[];
  readonly cancels: readonly { readonly endpoint: string; readonly requestId: string }[];
  readonly uploads: readonly SeenUpload[];
  readonly webhooks: readonly SentWebhook[];
  clear(): void;
}

/** The journal as its writers see it. */
export interface JournalWriter extends Journal {
  addRequest(request: SeenRequest): void;
  addSubmit(submit: AcceptedSubmit): void;
  addCancel(cancel: { endpoint: string; requestId: string }): void;
  addUpload(upload: SeenUpload): void;
  addWebhook(webhook: SentWebhook): void;
}

export function createJournal(): JournalWriter {
  const requests: SeenRequest[] = [];
  const submits: AcceptedSubmit[] = [];
  const cancels: { endpoint: string; requestId: string }[] = [];
  const uploads: SeenUpload[] = [];
  const webhooks: SentWebhook[] = [];
  return {
    requests,
    submits,
    cancels,
    uploads,
    webhooks,
    clear: () => [requests, submits, cancels, uploads, webhooks].forEach((list) => list.splice(0)),
    addRequest: (request) => keep(requests, request),
    addSubmit: (submit) => keep(submits, submit),
    addCancel: (cancel) => keep(cancels, cancel),
    addUpload: (upload) => keep(uploads, upload),
    addWebhook: (webhook) => keep(webhooks, webhook),
  };
}

function keep<Entry>(list: Entry[], entry: Entry): void {
  list.push(entry);
  if (list.length > KEPT) list.shift();
}
