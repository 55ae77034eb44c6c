import { describe, expect, test } from 'vitest';
import help from '../../commands/help.ts';
import listing from '../../commands/models.ts';
import { expandFlags, parseCommandLine } from '../../src/command-line.ts';
import type { Command } from '../../src/command.ts';
import { loadCommands } from '../../src/load-folder.ts';
import type { Block } from '../../src/message.ts';
import { loadModels } from '../../src/models/load-models.ts';

const loaded = await loadModels();
/** With a price and a usual duration, as with a key. */
const models = {
  ...loaded,
  priceOf: (id: string) =>
    id === 'fal-ai/nano-banana-pro' ? { unitPrice: 0.15, unit: 'images' } : undefined,
  typicalSeconds: (id: string) => (id === 'fal-ai/nano-banana-pro' ? 21.4 : undefined),
};
const commands = await loadCommands({ models });

function tell(command: Command, raw: Record<string, unknown> = {}): string {
  const plan = command.plan(raw, { commands, attachments: [] });
  if (plan.kind !== 'answer') throw new Error(`it plans to ${plan.kind}`);
  return plan.message.blocks.map(toText).join('\n');
}

function toText(block: Block): string {
  if (block.kind === 'quote') return block.text;
  return block.parts
    .map((part) => (typeof part === 'string' ? part : 'text' in part && part.text))
    .join('');
}

function refusalOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return String(error);
  }
}

const ask = (raw: Record<string, unknown> = {}): string => tell(listing({ models }), raw);

describe('/models', () => {
  test('lists the default model first, with price and usual duration', () => {
    const [first, facts] = ask().split('\n');
    expect(first).toBe('nano-banana-pro');
    expect(facts).toMatch(/· \$0\.15 for each image · usually 21 s$/u);
  });

  test('goes through all of them, page by page', () => {
    const last = ask({ page: 4 });
    expect(last).toContain('page 4 of 4');
    expect(last).not.toContain('Next:');
    expect(ask()).toContain('Next: /models --page 2');
    expect(ask({ search: 'image', page: 1 })).toContain('Next: /models image --page 2');
  });

  test('finds models by what they are good for, and a mistyped name', () => {
    expect(ask({ search: 'speech' })).toContain('whisper');
    expect(ask({ search: 'recrft-v3' }).split('\n')[0]).toBe('recraft-v3');
  });

  test('says what to do where there is none', () => {
    expect(ask({ search: 'zebra crossing' })).toContain('Whoever runs Easel can allow more.');
  });

  test('of one model tells every option, with range, usual value and need', () => {
    const told = ask({ search: 'qwen-image' });
    expect(told).toContain('--steps How many steps of refinement (2 to 250, usually 30)');
    expect(told).toContain('--turbo Few steps, quickly (yes or no, usually no)');
    expect(told).toMatch(/^--prompt .*needed\)$/mu);
  });

  test.each(loaded.search('').map(({ name }) => name))(
    'gives an example of %s that is legal',
    (name) => {
      const example = /^Try: (\/imagine .*?)(?: \(attach: \w+\))*$/mu.exec(
        ask({ search: name }),
      )?.[1];
      const { commandName, options } = parseCommandLine(example ?? '', commands);
      const command = commands.find((one) => one.name === commandName);
      const plan = command?.plan(expandFlags(command, options), { commands, attachments: [] });
      if (plan?.kind !== 'generate') throw new Error('the example makes nothing');
      const { model, prompt, options: given } = plan.request;
      const wanted = Object.values(loaded.find(model).options).flatMap((option) =>
        option.kind === 'file' && option.required === true ? [option.media] : [],
      );
      const files = wanted.map((one) => ({
        url: 'https://example.com/a',
        media: one,
        option: undefined,
      }));
      const act = () => loaded.find(model).toInput({ prompt, options: given, files });
      // A second text cannot be made up: the message says which one is meant.
      expect(refusalOf(act)).toMatch(/^$|“(?:ref_text|preview_text)” is needed/u);
    },
  );
});

test('/help names a few models and how many more there are', () => {
  expect(tell(help({ models }))).toMatch(/Models: nano-banana-pro, .* and \d+ more\.$/mu);
});
