/**
 * A process of its own for one task: FFmpeg's libraries read what strangers made, so their crash, their
 * endless loop and their memory must not be Easel's.
 */
import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import type { Outcome } from '../outcome.ts';
import { SoundError } from '../sound-error.ts';
import type { Task } from '../task.ts';
import { cut } from './cut.ts';
import { encodeSounds } from './encode-sounds.ts';
import { SPEECH, toEncoding } from './encodings.ts';
import { inspect } from './inspect.ts';
import { makeVoiceMessage } from './make-voice-message.ts';

Log.setLevel(AV_LOG_QUIET);
const task: unknown = JSON.parse(process.argv[2] ?? '{}');
if (!isTask(task)) throw new Error('There is no task to do.');
process.stdout.write(JSON.stringify(tryTask(task)));

/** Only Easel itself starts this; to load a library for it would take longer than most tasks do. */
function isTask(value: unknown): value is Task {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function tryTask(task: Task): Outcome {
  try {
    return { kind: 'done', answer: carryOut(task) };
  } catch (error) {
    if (error instanceof SoundError) return { kind: 'refused', trouble: error.trouble };
    throw error;
  }
}

function carryOut(task: Task): unknown {
  switch (task.kind) {
    case 'inspect':
      return inspect(task.path);
    case 'convert': {
      const { from, to, format } = task;
      const choose: typeof toEncoding = format === 'wav' ? () => SPEECH : toEncoding;
      encodeSounds({ paths: [from], to, choose: (first) => choose(format, first) });
      return true;
    }
    case 'join': {
      const { paths, to, format } = task;
      encodeSounds({ paths, to, choose: (first) => toEncoding(format, first) });
      return true;
    }
    case 'cut':
      return cut(task);
    case 'voice-message':
      return makeVoiceMessage(task.from, task.to);
  }
}
