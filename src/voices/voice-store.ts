/** Voices and consents as they are kept, and the ways to find them quickly. */
import { z } from 'zod';
import type { Person, Place } from '../place.ts';
import type { RecordStore } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { consentSchema, type Consent, type Turn } from './consent.ts';
import { inLine } from './in-line.ts';
import { voiceSchema, type Voice } from './voice.ts';

const VOICES = 'voices';
const CONSENTS = 'consents';
/** Voices by MiniMax's names for them, whoever's they are; deleted ones too. */
const CUSTOM_IDS = 'custom-ids';
/** When MiniMax last spoke with a voice: apart, for that is no change of the voice. */
const USES = 'uses';
/** What a person was asked to read out in a channel. */
const QUESTIONS = 'questions';
/** More than any workspace has. */
const MOST_LISTED = 500;

const useSchema = z.object({ at: z.coerce.date() });
const linkSchema = z.object({ voice: z.string() });
type Tenant = Pick<Place, 'platform' | 'tenant'>;

export interface VoiceStore {
  read(id: string): Promise<Voice | undefined>;
  add(voice: Voice): Promise<void>;
  /** What is changed is what is stored, whoever else changes it just now. */
  change(id: string, change: (voice: Voice) => Voice): Promise<void>;
  noteUse(id: string, at: Date): Promise<void>;
  /** Among those of a workspace or server; upper and lower case are the same. */
  findNamed(name: string, tenant: Tenant): Promise<Voice | undefined>;
  /** False where another one has that name. */
  claimName(voice: Voice): Promise<boolean>;
  freeName(voice: Voice): Promise<void>;
  /** Oldest first. */
  listOf(tenant: Tenant): Promise<readonly Voice[]>;
  noteCustomId(customId: string, voice: Voice): Promise<void>;
  findCustomId(customId: string): Promise<Voice | undefined>;
  readConsent(voice: string): Promise<Consent | undefined>;
  /** A new one. */
  addConsent(consent: Consent): Promise<void>;
  /** Takes a step from what is stored; undefined where there is none. */
  turn(voice: string, step: (consent: Consent) => Turn): Promise<Turn | undefined>;
  /** A person is asked one thing at a time in a channel: the newest. */
  writeQuestion(consent: Consent): Promise<void>;
  findQuestion(person: Person, place: Place): Promise<Consent | undefined>;
}

export function openVoices(store: Pick<Store, 'records'>): VoiceStore {
  const records = store.records('voices');
  const { read, readConsent } = createReads(records);
  const follow = async (collection: string, id: string) => {
    const link = linkSchema.safeParse(await records.read(collection, id)).data;
    return link && read(link.voice);
  };
  return {
    ...createChanges(store, records),
    read,
    readConsent,
    findNamed: (name, tenant) => follow(namesOf(tenant), toNameKey(name)),
    async listOf(tenant) {
      const links = await records.list(namesOf(tenant), MOST_LISTED);
      const found = links.map(({ value }) => read(linkSchema.parse(value).voice));
      return (await Promise.all(found)).flatMap((voice) => voice ?? []);
    },
    findCustomId: (customId) => follow(CUSTOM_IDS, toIdKey(customId)),
    async findQuestion(person, place) {
      const voice = await follow(QUESTIONS, toQuestionKey(person, place));
      return voice && readConsent(voice.id);
    },
  };
}

type Reads = Pick<VoiceStore, 'read' | 'readConsent'>;

function createReads(records: RecordStore): Reads {
  return {
    async read(id) {
      const voice = parse(voiceSchema, await records.read(VOICES, id));
      const use = voice && parse(useSchema, await records.read(USES, id));
      return use ? { ...voice, lastUsedAt: use.at } : voice;
    },
    readConsent: async (voice) => parse(consentSchema, await records.read(CONSENTS, voice)),
  };
}

type Changes = Omit<
  VoiceStore,
  keyof Reads | 'findNamed' | 'listOf' | 'findCustomId' | 'findQuestion'
>;

function createChanges(store: Pick<Store, 'records'>, records: RecordStore): Changes {
  const { read, readConsent } = createReads(records);
  const add = (voice: Voice) => records.write(VOICES, voice.id, voice);
  const addConsent = (consent: Consent) => records.write(CONSENTS, consent.voice, consent);
  return {
    add,
    addConsent,
    change: (id, change) =>
      inLine(store, async () => {
        const voice = await read(id);
        if (voice) await add(change(voice));
      }),
    turn: (voice, step) =>
      inLine(store, async () => {
        const consent = await readConsent(voice);
        const turn = consent && step(consent);
        if (turn?.ok) await addConsent(turn.consent);
        return turn;
      }),
    noteUse: (id, at) => records.write(USES, id, { at }),
    claimName: ({ id, name, place }) =>
      records.claim(namesOf(place), toNameKey(name), { voice: id }),
    freeName: (voice) => freeName(records, voice),
    noteCustomId: (customId, { id }) => records.write(CUSTOM_IDS, toIdKey(customId), { voice: id }),
    writeQuestion: ({ voice, person, place }) =>
      records.write(QUESTIONS, toQuestionKey(person, place), { voice }),
  };
}

/** Only where it is this voice's still. */
async function freeName(records: RecordStore, { id, name, place }: Voice): Promise<void> {
  const [collection, key] = [namesOf(place), toNameKey(name)];
  const link = linkSchema.safeParse(await records.read(collection, key)).data;
  if (link?.voice === id) await records.remove(collection, key);
}

function namesOf({ platform, tenant }: Tenant): string {
  return `names:${platform}:${tenant}`;
}

function toNameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, ' ')
    .trim();
}

/** However it is typed: nothing tells that MiniMax is strict about it. */
function toIdKey(customId: string): string {
  return customId.trim().toLowerCase();
}

function toQuestionKey({ id }: Pick<Person, 'id'>, { platform, tenant, channel }: Place): string {
  return JSON.stringify([platform, tenant, channel, id]);
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> | undefined {
  return value === undefined ? undefined : schema.parse(value);
}
