/** What a job was made for, which may no longer be offered when its result comes. */
import type { Endpoint } from '../models/endpoint.ts';
import { findKnown } from '../models/find-known.ts';
import type { Models } from '../models/model.ts';
import { productOf, type Product } from '../models/product.ts';
import type { Job } from './job.ts';

type Asked = Pick<Job, 'request' | 'endpoint'>;

export function findEndpoint(job: Asked, models: Models): Endpoint | undefined {
  return findKnown(job.request.model, models)?.endpoints.find(({ id }) => id === job.endpoint);
}

export function productOfJob(job: Asked, models: Models): Product {
  if (job.request.retells) return 'transcript';
  return productOf(findEndpoint(job, models)?.kind);
}
