/** Words after `/imagine` that must be refused before anything is sent to fal. */

const long = 'x'.repeat(6001);

/** Where there is no form, words are asked for. */
export const NO_WORDS: readonly (readonly [string, string])[] = [
  ['--ar 16:9', '“prompt” is needed'],
  ['--seed 3 --n 2', '“prompt” is needed'],
  ['--prompt ""', '“prompt” is needed'],
];

/** Each with a piece of the sentence that says why. */
export const BAD_WORDS: readonly (readonly [string, string])[] = [
  [long, 'up to 6000 characters'],
  ['ab --model nano-banana-pro', 'prompt'],
  ['x --model qwen-image --negative '.concat('y'.repeat(2001)), 'up to 2000 characters'],
  // ratios that do not exist
  ...[
    '7:1',
    '16x9',
    '16/9',
    'wide',
    '0:0',
    '-1:1',
    '1:1:1',
    '16:9;rm',
    'NaN',
    '1e3:1',
    '١:١',
    '“16:9”x',
  ].map((ratio) => [`a fox --ar ${ratio}`, '“aspect_ratio” must be one of'] as const),
  // counts
  ...['0', '11', '-1', '1.5', 'two', 'Infinity', '1e9', '0x10', '٣', '99999999999999999999'].map(
    (count) => [`a fox --n ${count}`, '“count” must be a whole number'] as const,
  ),
  // seeds
  ...['1.5', 'abc', '1e400', 'NaN', '0b2', '7n', '٣'].map(
    (seed) => [`a fox --seed ${seed}`, '“seed” must be a whole number'] as const,
  ),
  // steps and guidance
  ...['0', '251', '-3', '2.5', 'many'].map(
    (steps) =>
      [`a fox --model qwen-image --steps ${steps}`, '“steps” must be a whole number'] as const,
  ),
  ['a fox --model qwen-image --steps 1', 'steps'],
  ...['-0.1', '20.1', 'much', 'Infinity'].map(
    (guidance) =>
      [`a fox --model qwen-image --guidance ${guidance}`, '“guidance” must be a number'] as const,
  ),
  // enums
  ...['8K', '1k ', '0K', '4096'].map(
    (resolution) =>
      [`a fox --resolution ${resolution.trim()}x`, '“resolution” must be one of'] as const,
  ),
  ...['svg', 'exe', 'png;', 'bmp', 'pdf'].map(
    (format) => [`a fox --format ${format}`, '“format” must be one of'] as const,
  ),
  ...['ultra', 'warp', '1'].map(
    (acceleration) =>
      [
        `a fox --model qwen-image --acceleration ${acceleration}`,
        '“acceleration” must be one of',
      ] as const,
  ),
  ...['0', '7', 'strict', '3.5'].map(
    (tolerance) =>
      [
        `a fox --safety-tolerance ${tolerance}`,
        '“safety_tolerance” must be a whole number',
      ] as const,
  ),
  // models that nobody allowed, or that are addresses
  ...[
    'dall-e',
    'fal-ai/veo3',
    'https://evilfal.ai/steal',
    'https://notfal.run/x',
    'fal-ai/flux/dev?fal_webhook=https://evil/',
    '../../etc/passwd',
    'nano-banana-pro/../x',
    '__proto__',
    'constructor',
  ].map((model) => [`a fox --model ${model}`, 'No model is called'] as const),
  // sizes
  ...['big', '1280', '1280x', 'x720', '0x0', '-1x5', '1280x720x3', '1e3x5', '99999999x1'].map(
    (size) => [`a fox --model qwen-image --size ${size}`, 'size'] as const,
  ),
  ['a fox --model qwen-image --size 99999x99999', 'size'],
  // hostile addresses for weights
  ...[
    'http://127.0.0.1/x',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'gopher://example.com',
    'javascript:alert(1)',
    'data:text/plain,x',
    '//example.com/x',
    'https://',
    '\\\\host\\share',
    'a b',
  ].map((path) => [`a fox --model qwen-image --lora ${path}`, '“lora”'] as const),
  ['a fox --model qwen-image --lora o/a=5', 'lora'],
  ['a fox --model qwen-image --lora o/a o/b o/c o/d', 'lora'],
  // options that do not exist
  ['a fox --model qwen-image --guidence 3', 'Did you mean “guidance”?'],
  ['a fox --modle qwen-image', 'Did you mean “model”?'],
  ['a fox --frobnicate', 'has no option “frobnicate”'],
  ['a fox --sync_mode true', '“sync_mode” is not for chats'],
  ['a fox --fal_webhook https://evil', 'has no option “fal_webhook”'],
  ['a fox --image_urls https://169.254.169.254/', '“image_urls” must be'],
  ['a fox --proto__ 1', 'has no option'],
  ['a fox --constructor 1', 'has no option'],
  ['a fox --toString 1', 'has no option'],
  ['a fox --model qwen-image --turbo=maybe', '“turbo” must be yes or no'],
  ['a fox --image https://169.254.169.254/latest', '“image” takes an attached picture'],
  ['a fox --image2 file:///etc/passwd', '“image2” takes an attached picture'],
];

/** Words that are odd but fine: they must neither break the page nor ping anybody. */
export const HOSTILE_WORDS: readonly string[] = [
  '@everyone look at this',
  '<!channel> <!here> <@U123> <#C123|general>',
  '<@123456789012345678> <@&123456789012345678> <#123456789012345678>',
  '[free nitro](https://evil.example)',
  '<https://evil.example|click me>',
  '```\nbreak out\n``` **bold** _it_ ~~s~~ ||spoiler||',
  '# heading\n> quote\n- list\n1. list',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '&lt;b&gt; &amp; &#x3C;script&#x3E;',
  "Robert'); DROP TABLE jobs;--x",
  '${jndi:ldap://evil/x} {{7*7}} <%= 7*7 %>',
  '\u202Etxet desrever\u202C \u200B\u200D\uFEFF',
  '👨‍👩‍👧‍👦🏳️‍🌈 e\u0301 ﷽ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  '../../../../etc/passwd\\..\\..\\windows',
  'a fox --__proto__ 1 --',
  'a'.repeat(5999),
];

/** Typed options as Discord's own client would never send them. */
export const BAD_OPTIONS: readonly (readonly [readonly TypedOption[], string])[] = [
  [[], '“prompt” is needed'],
  [[{ name: 'prompt', type: 3, value: 7 }], '“prompt” takes up to'],
  [[{ name: 'prompt', type: 3, value: null }], '“prompt” takes up to'],
  [[{ name: 'prompt', type: 3, value: ['a', 'fox'] }], '“prompt” takes up to'],
  [[{ name: 'prompt', type: 3, value: { $ne: '' } }], '“prompt” takes up to'],
  [[{ name: 'prompt', type: 5, value: true }], '“prompt” takes up to'],
  [[{ name: 'prompt', type: 3 }], '“prompt” is needed'],
  ...(
    [
      ['model', 'dall-e', 'No model is called'],
      ['model', 3, '“model” takes up to'],
      ['aspect_ratio', '7:1', '“aspect_ratio” must be one of'],
      ['aspect_ratio', 16 / 9, '“aspect_ratio” takes up to'],
      ['count', 'many', '“count” must be a whole number'],
      ['count', 99, '“count” must be a whole number'],
      ['count', 1.5, '“count” must be a whole number'],
      ['count', true, '“count” must be a whole number'],
      ['seed', 'abc', '“seed” must be a whole number'],
      ['seed', '1e300', '“seed” must be a whole number'],
      ['seed', [1], '“seed” takes up to'],
      ['guidance', 'much', '“guidance” must be a number'],
      ['safety_checker', 'maybe', '“safety_checker” must be yes or no'],
      ['safety_checker', 2, '“safety_checker” must be yes or no'],
      ['resolution', 'huge', '“resolution” must be one of'],
      ['image', '123456789012345678', '“image” takes an attached picture'],
      ['image', 'https://169.254.169.254/', '“image” takes an attached picture'],
      ['zebra', 'x', 'has no option “zebra”'],
      ['__proto__', 'x', 'has no option “__proto__”'],
      ['constructor', 'x', 'has no option “constructor”'],
      ['image_urls', 'file:///etc/passwd', '“image_urls” must be'],
    ] as const
  ).map(
    ([name, value, says]) =>
      [
        [{ name: 'prompt', type: 3, value: 'a fox' } as const, { name, type: 3, value }],
        says,
      ] as const,
  ),
];

interface TypedOption {
  readonly name: string;
  readonly type: number;
  readonly value?: unknown;
}
