/** What a job was made for, which may no longer be offered when its result comes. */
import { UserError } from '../errors.ts';
import type { Endpoint } from '../models/endpoint.ts';
import type { ModelAdapter, Models } from '../models/model.ts';
import { productOf, type Product } from '../models/product.ts';
import type { Job } from './job.ts';

type Asked = Pick<Job, 'request' | 'endpoint'>;

export function findAdapter({ request }: Asked, models: Models): ModelAdapter | undefined {
  try {
    return models.find(request.model);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

export function findEndpoint(job: Asked, models: Models): Endpoint | undefined {
  return findAdapter(job, models)?.endpoints.find(({ id }) => id === job.endpoint);
}

export function productOfJob(job: Asked, models: Models): Product {
  return productOf(findEndpoint(job, models)?.kind);
}
