/**
 * Slack learns commands from the app's manifest, not at run time: what can be said here is which
 * slash command means which of Easel's commands, and that the manifest may need an update.
 */
import type { Logger } from 'pino';
import type { Command } from '../../command.ts';
import { MAIN_COMMAND } from './settings.ts';

/** A command's name in Slack, with its slash. */
export function toSlashName(command: Command, mainName: string): string {
  return command.name === MAIN_COMMAND ? mainName : `/${command.name}`;
}

/** The command behind a slash name; undefined for one that Easel does not know. */
export function findBySlashName(
  slashName: string,
  commands: readonly Command[],
  mainName: string,
): Command | undefined {
  return commands.find(
    (command) => command.published && toSlashName(command, mainName) === slashName,
  );
}

export function announceCommands(
  commands: readonly Command[],
  mainName: string,
  log: Logger,
): void {
  const names = commands
    .filter(({ published }) => published)
    .map((command) => toSlashName(command, mainName));
  log.info(
    { commands: names },
    'Slack shows the commands of its app manifest: npm run slack:manifest',
  );
}
