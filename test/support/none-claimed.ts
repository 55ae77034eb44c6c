/** For a search among fal's requests: no other job has one of its own. */
export const noneClaimed = async (): Promise<ReadonlySet<string>> => new Set();
