/**
 * What the sandbox, whose schemas are written down independently, says of an input: a second opinion
 * on everything that Easel sends or refuses.
 */
import { createModels } from '../../../src/fal/sandbox/models/models.ts';
import { ModelRefusal } from '../../../src/fal/sandbox/refusal.ts';
import type { Studio } from '../../../src/fal/sandbox/studio.ts';

const sandboxModels = createModels();
const reached = new Error('the input was accepted');
/** An input that reaches the studio has passed the model's check. */
const studio = new Proxy({} as Studio, {
  get() {
    throw reached;
  },
});

/** The sandbox's objections, none where it takes the input; undefined for an endpoint it lacks. */
export async function askSandbox(
  endpoint: string,
  input: unknown,
): Promise<readonly string[] | undefined> {
  const model = await sandboxModels.find(endpoint);
  if (!model) return undefined;
  try {
    await model.run(input, studio);
    return [];
  } catch (error) {
    if (error === reached) return [];
    if (!(error instanceof ModelRefusal)) throw error;
    return [JSON.stringify(error.refusal.body.detail)];
  }
}
