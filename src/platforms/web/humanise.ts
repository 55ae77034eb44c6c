/** An option's name as a label: `negative_prompt` becomes “Negative prompt”. */
export function humanise(name: string): string {
  const words = name
    .split(/[_-]/u)
    .map((word) => SPELLINGS[word] ?? word)
    .join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const SPELLINGS: Readonly<Record<string, string>> = {
  lora: 'LoRA',
  loras: 'LoRAs',
  id: 'ID',
  url: 'URL',
  urls: 'URLs',
  nsfw: 'NSFW',
};
