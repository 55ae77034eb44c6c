/** The ways in which fal says no, in its own shapes (docs: model errors and request errors). */

export interface Detail {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
  readonly url?: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
  readonly input?: unknown;
}

export interface Refusal {
  readonly status: number;
  readonly body: { readonly detail: string | readonly Detail[]; readonly error_type?: string };
  readonly headers: Readonly<Record<string, string>>;
}

/** A model's own error: it ends the job with this status and body. */
export class ModelRefusal extends Error {
  override readonly name = 'ModelRefusal';
  readonly refusal: Refusal;

  constructor(status: number, details: readonly Omit<Detail, 'url'>[]) {
    super(details.map(({ msg }) => msg).join('; '));
    this.refusal = refuseAsModel(status, details);
  }
}

export function refuseAsModel(status: number, details: readonly Omit<Detail, 'url'>[]): Refusal {
  const detail = details.map((entry) => ({
    ...entry,
    url: `https://docs.fal.ai/errors#${entry.type}`,
  }));
  return { status, body: { detail }, headers: { 'x-fal-retryable': String(status >= 500) } };
}

/** An error of the machinery around the model. */
export function refuseAsQueue(status: number, errorType: string, detail: string): Refusal {
  return {
    status,
    body: { detail, error_type: errorType },
    headers: { 'x-fal-error-type': errorType },
  };
}
