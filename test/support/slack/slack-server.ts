export type * from './slack-types.ts';
