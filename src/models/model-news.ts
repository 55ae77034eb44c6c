/** What is learned at run time: from fal's model API, dropped files and past jobs. */
import type { Endpoint } from './endpoint.ts';
import type { Price } from './model.ts';

export interface ModelNews {
  /** Whole endpoints, newer than the catalogue's. */
  endpoint(id: string): Endpoint | undefined;
  endpointIds(): readonly string[];
  /** fal's own sentence about an endpoint. */
  description(id: string): string | undefined;
  price(id: string): Price | undefined;
  typicalSeconds(id: string): number | undefined;
  /** How long a request took here just now: what is usual is judged by it. */
  noteDuration(id: string, seconds: number): void;
  /** Changes whenever an endpoint or a description does. */
  revision(): number;
}

export const NO_NEWS: ModelNews = {
  endpoint: () => undefined,
  endpointIds: () => [],
  description: () => undefined,
  price: () => undefined,
  typicalSeconds: () => undefined,
  noteDuration: () => undefined,
  revision: () => 0,
};
