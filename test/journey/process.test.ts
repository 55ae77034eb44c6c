/** Easel as a process: how it starts, refuses to start, tells its health and stops. */
import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import {
  launchEasel,
  makeDataFolder,
  startEasel,
  type EaselProcess,
} from '../support/easel-process.ts';

const running: EaselProcess[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const easel of running.splice(0)) await easel.kill();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function start(...options: Parameters<typeof startEasel>): Promise<EaselProcess> {
  const easel = await startEasel(...options);
  running.push(easel);
  folders.push(easel.dataFolder);
  return easel;
}

test('with nothing set it opens the web chat and says what is on, what is off and how to change it', async () => {
  const easel = await start();
  const { stdout } = easel.output();
  expect(stdout).toMatch(/fal +off .*FAL_KEY/u);
  expect(stdout).toMatch(/Discord +off +turn on with DISCORD_TOKEN/u);
  expect(stdout).toMatch(/Web chat +on/u);
  const health = await fetch(`${easel.url}/healthz`);
  expect(health.status).toBe(200);
  expect(await health.json()).toEqual({ ok: true, fal: 'sandbox', platforms: { web: true } });
  expect(await (await fetch(easel.url)).text()).toContain('<main');
});

test('standard output is for people, standard error is JSON lines', async () => {
  const easel = await start({ env: { LOG_LEVEL: 'trace' } });
  await easel.stop();
  for (const line of easel.output().stderr.trim().split('\n').filter(Boolean)) {
    expect(JSON.parse(line)).toHaveProperty('level');
  }
});

test('a second process on the same data refuses to start and says why; after kill -9 a third may', async () => {
  const first = await start();
  const second = launchEasel({ dataFolder: first.dataFolder });
  expect(await second.ended).toMatchObject({ code: 1 });
  expect(second.output().stderr).toContain('Another Easel is using the data folder');
  expect(second.output().stderr).not.toContain('    at ');
  await first.kill();
  const third = await start({ dataFolder: first.dataFolder });
  expect((await fetch(`${third.url}/healthz`)).status).toBe(200);
});

describe('wrong settings end the start with one message that names each and its remedy', () => {
  test('all at once, without a stack', async () => {
    const dataFolder = await makeDataFolder();
    folders.push(dataFolder);
    const env = {
      FAL_KEY_ID: 'a',
      SLACK_BOT_TOKEN: 'xoxb-1-2',
      HOST: '0.0.0.0',
      LOG_LEVEL: 'loud',
    };
    const failed = launchEasel({ dataFolder, env });
    expect(await failed.ended).toMatchObject({ code: 1 });
    const { stderr, stdout } = failed.output();
    for (const name of ['FAL_KEY_SECRET', 'SLACK_APP_TOKEN', 'WEB_LOGIN_TOKEN', 'LOG_LEVEL']) {
      expect(stderr).toContain(name);
    }
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
  });

  test('a port that is taken', async () => {
    const first = await start();
    const dataFolder = await makeDataFolder();
    folders.push(dataFolder);
    const failed = launchEasel({ dataFolder, env: { PORT: new URL(first.url).port } });
    expect(await failed.ended).toMatchObject({ code: 1 });
    expect(failed.output().stderr).toMatch(/port \d+ .*EADDRINUSE.*PORT/u);
    expect(failed.output().stderr).not.toContain('    at ');
  });

  test('a data folder that cannot be written', async () => {
    const failed = launchEasel({ dataFolder: '/dev/null/easel' });
    expect(await failed.ended).toMatchObject({ code: 1 });
    expect(failed.output().stderr).toContain('DATA_DIR');
    expect(failed.output().stderr).not.toContain('    at ');
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it cleanly, with a page open',
  async (signal) => {
    const easel = await start();
    const stream = await fetch(`${easel.url}/web/events`);
    process.kill(easel.pid, signal);
    expect(await easel.ended).toEqual({ code: 0, signal: null });
    await stream.text().catch(() => undefined);
    expect(easel.output().stderr).not.toMatch(/"level":"(?:error|fatal)"/u);
  },
);
