/** The table at start: what is on, what is off, and which variable would turn it on. */
import type { Config } from './config.ts';

interface Row {
  readonly part: string;
  readonly isOn: boolean;
  readonly remark: string;
}

export function describeSettings(
  config: Config,
  { address, modelCount }: { readonly address: string; readonly modelCount: number },
): string {
  const rows: Row[] = [
    describeFal(config),
    ...config.platforms.map(({ definition, setting }) => {
      const isOn = setting.state === 'on';
      const remark = setting.state === 'off' ? `turn on with ${setting.turnOnWith}` : '';
      return { part: definition.title, isOn, remark: isOn ? setting.how : remark };
    }),
    { part: 'Models', isOn: true, remark: `${modelCount}; MODELS allows others` },
    describeLinks(config),
    { part: 'Data', isOn: true, remark: config.dataFolder },
  ];
  const width = Math.max(...rows.map(({ part }) => part.length));
  const lines = rows.map(
    ({ part, isOn, remark }) => `  ${part.padEnd(width)}  ${isOn ? 'on ' : 'off'}  ${remark}`,
  );
  return ['', 'Easel is ready.', '', ...lines, '', `  ${address}`, ''].join('\n');
}

function describeLinks({ publicUrl }: Config): Row {
  const remark = publicUrl ?? 'turn on with PUBLIC_URL';
  return { part: 'Links', isOn: publicUrl !== undefined, remark };
}

function describeFal({ fal }: Config): Row {
  return fal.kind === 'fal'
    ? { part: 'fal', isOn: true, remark: new URL(fal.addresses.queue).host }
    : {
        part: 'fal',
        isOn: false,
        remark: 'a local sandbox draws toy pictures; turn the real one on with FAL_KEY',
      };
}
