/** Whoever gets the file gets the recipe: it must lead to nobody, and open nothing. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  recipeMetadataSchema,
  toTravelling,
  type RecipeMetadata,
} from '../../src/pictures/recipe-metadata/recipe-metadata.ts';
import { readRecipe } from '../../src/pictures/recipe-metadata/read-recipe.ts';
import { stampRecipe } from '../../src/pictures/recipe-metadata/stamp-recipe.ts';
import { SAMPLE_RECIPE } from '../support/sample-recipe.ts';
import { JPEGS, PNGS, WEBPS } from '../support/stampable-pictures.ts';

/** Each of them is in the job below, and nowhere else. */
const SECRETS = {
  personId: 'U0PERSONID7',
  personName: 'Ottilie Recognisable',
  tenant: 'T0TENANT9',
  channel: 'C0CHANNEL5',
  thread: '1764119999.000100',
  message: '1764118888.000200',
  fileName: 'ottilies-passport.png',
  fileId: 'F0UPLOAD3',
  signature: 'X-Amz-Signature=c0ffee5ecret',
  token: 'xoxb-5ecret-token',
};

const signed = `https://files.example.com/${SECRETS.fileId}/${SECRETS.fileName}?${SECRETS.signature}`;

const job = {
  id: '0f9b2b1e-4c55-4b47-9d0e-6f3d3c1c2a11',
  invocationId: `${SECRETS.tenant}:${SECRETS.message}`,
  person: { platform: 'slack', id: SECRETS.personId, name: SECRETS.personName },
  place: {
    platform: 'slack',
    tenant: SECRETS.tenant,
    channel: SECRETS.channel,
    thread: SECRETS.thread,
  },
  status: { platform: 'slack', channel: SECRETS.channel, message: SECRETS.message },
  acceptedAt: new Date('2026-11-26T03:04:05Z'),
  request: {
    model: 'kontext',
    prompt: `Put <@${SECRETS.personId}|${SECRETS.personName}> from <#${SECRETS.channel}|secret-club> beside ${signed} in fog`,
    files: [{ id: SECRETS.fileId, fileName: SECRETS.fileName, url: signed }],
    options: {
      aspect_ratio: '3:2',
      image_url: signed,
      loras: `[{"path":"https://user:${SECRETS.token}@models.example.com/x.safetensors"}]`,
      note: `hook: hooks.example.com/services/${SECRETS.token}`,
      mask: `data:image/png;base64,${SECRETS.fileId}`,
    },
  },
};

/** The careless way: all that the job has, under all names that a recipe knows and does not know. */
const careless = {
  ...SAMPLE_RECIPE,
  ...job,
  ...job.request,
  person: job.person,
  parents: SAMPLE_RECIPE.parents,
};

const FILES = [
  ...PNGS.map((picture) => ({ ...picture, kind: `a PNG, ${picture.kind}` })),
  ...JPEGS.map((picture) => ({ ...picture, kind: `a JPEG, ${picture.kind}` })),
  ...WEBPS.map((picture) => ({ ...picture, kind: `a WebP, ${picture.kind}` })),
];

async function stamp(bytes: Buffer, recipe: RecipeMetadata) {
  const folder = await mkdtemp(join(tmpdir(), `easel-${SECRETS.personId}-`));
  const [from, to] = [join(folder, SECRETS.fileName), join(folder, `to-${SECRETS.fileName}`)];
  await writeFile(from, bytes);
  await stampRecipe({ from, to, recipe });
  return { to, stamped: await readFile(to) };
}

describe.each(FILES)('$kind, stamped with all that a job knows', async ({ bytes }) => {
  const { to, stamped } = await stamp(bytes, careless);

  test.each(Object.entries(SECRETS))('holds no %s', (_name, secret) => {
    for (const encoding of ['utf8', 'utf16le', 'hex', 'base64'] as const) {
      expect(stamped.includes(Buffer.from(Buffer.from(secret).toString(encoding)))).toBe(false);
    }
    expect(stamped.includes(Buffer.from(secret, 'utf16le'))).toBe(false);
  });

  test('holds the recipe all the same', async () => {
    expect(await readRecipe(to)).toEqual({
      ...SAMPLE_RECIPE,
      model: 'kontext',
      prompt: 'Put … from … beside https://files.example.com/… in fog',
      options: { aspect_ratio: '3:2' },
    });
  });
});

test('what XMP said of its owner goes', async () => {
  const owned = FILES.filter(({ kind }) => kind.includes('XMP') && !kind.includes('compressed'));
  for (const { bytes } of owned) {
    const { stamped } = await stamp(bytes, SAMPLE_RECIPE);
    expect(stamped.includes('Jane Doe')).toBe(false);
  }
  expect(owned.length).toBeGreaterThan(5);
});

test('whoever adds a member to the recipe has to come by here', () => {
  expect(Object.keys(recipeMetadataSchema.shape).toSorted()).toEqual([
    'endpoint',
    'madeAt',
    'model',
    'options',
    'parents',
    'picture',
    'prompt',
    'seed',
  ]);
});

test('the time of day is refused', () => {
  const recipe = { ...SAMPLE_RECIPE, madeAt: '2026-11-26T03:04:05Z' };
  expect(() => toTravelling(recipe)).toThrow('Invalid ISO date');
});

describe('in a prompt', () => {
  test.each([
    ['a <@U0123ABC> in fog', 'a … in fog'],
    ['a <@U0123ABC|Jane Doe> in fog', 'a … in fog'],
    ['<@123456789012345678> <@!123456789012345678> <@&123456789012345678>', '… … …'],
    ['as in <#C0123ABC> or <#C0123ABC|general>', 'as in … or …'],
    ['for <!subteam^S0123|@team>', 'for …'],
    ['like https://a.example/x.png?sig=1', 'like https://a.example/…'],
    ['like <https://a.example/x.png?sig=1|this>', 'like <https://a.example/…>'],
    ['like https://a.example/secret/path', 'like https://a.example/…'],
    ['like https://a.example#token', 'like https://a.example/…'],
    ['like https://jane:key@a.example', 'like https://a.example'],
    ['like HTTPS://A.example:8443/x', 'like HTTPS://A.example:8443/…'],
    ['like slack-files://T1/F2', 'like slack-files://T1/…'],
    ['like cdn.example.com/x/y?z=1', 'like cdn.example.com/…'],
    ['like data:image/png;base64,AAAA', 'like data:…'],
    ['(see https://a.example/x).', '(see https://a.example/…'],
  ])('“%s” travels as “%s”', (prompt, safe) => {
    expect(toTravelling({ ...SAMPLE_RECIPE, prompt }).prompt).toBe(safe);
  });

  test.each([
    'a lighthouse, 16:9, f/1.8, 24mm and/or 35mm',
    'https://example.com on a T-shirt',
    'a < b > c <3 <- -> #1 @ noon, @everyone',
    'v1.5/v2, 3.5 / 4, a.k.a. Mr. Fog / Dr. Rain',
    'data: none, metadata:x',
    'mail jane.doe@example.com',
    'ratio 3:2//4:3, c://x',
  ])('“%s” travels as it is', (prompt) => {
    expect(toTravelling({ ...SAMPLE_RECIPE, prompt }).prompt).toBe(prompt);
  });

  test.each(['a.', 'https://', '<@', 'a-', 'data:', 'x@', '://', 'a.a/', '<@a>'])(
    '20,000 characters of %j take no time',
    (part) => {
      const prompt = part.repeat(20_000 / part.length);
      const begun = performance.now();
      toTravelling({ ...SAMPLE_RECIPE, prompt });
      expect(performance.now() - begun).toBeLessThan(500);
    },
  );
});

test('an option that would have to be changed is left out', () => {
  const options = {
    steps: 28,
    url: 'https://a.example/x?sig=1',
    who: '<@U0123ABC>',
    endless: Number.POSITIVE_INFINITY,
    style: 'noir',
    ['n'.repeat(61)]: 'a name that is too long',
    long: 'x'.repeat(5001),
  };
  expect(toTravelling({ ...SAMPLE_RECIPE, options }).options).toEqual({ steps: 28, style: 'noir' });
});
