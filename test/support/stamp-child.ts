/** A process that stamps the files that it is given, all at once, and says what that cost in memory. */
import { stampRecipe } from '../../src/pictures/recipe-metadata/stamp-recipe.ts';
import { SAMPLE_RECIPE } from './sample-recipe.ts';

const [warmUp = '', ...files] = process.argv.slice(2);
await stamp(warmUp);
const before = process.resourceUsage().maxRSS;
await Promise.all(files.map(stamp));
process.stdout.write(`${process.resourceUsage().maxRSS - before}`);

async function stamp(from: string): Promise<void> {
  if (!(await stampRecipe({ from, to: `${from}.to`, recipe: SAMPLE_RECIPE }))) process.exit(1);
}
