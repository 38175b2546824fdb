import { openDoor, type Door } from '../hostile/door.ts';
import { openHouse, type House } from '../hostile/house.ts';
import { newVisitor, type Visitor } from '../hostile/visitor.ts';
import { chance, type Chance } from './chance.ts';
import { foreignIn, makeParcels, recordsOf, wrongTail, type Parcel } from './canaries.ts';
import { ask, talk, type TalkKind } from './attempt-words.ts';
import { openModelStub, STRANGE, type ModelStub } from './model-stub.ts';
import { forgeries, type Victim } from './forgeries.ts';

/** What came of all attempts. */
export interface Findings {
  readonly attempts: Readonly<Record<string, number>>;
  /** Kinds of forgery there are; at least so many must be tried. */
  readonly forgeries: number;
  /** Replies and API answers that were read. */
  readonly read: number;
  /** `kind: what was seen`, for each thing that nobody should have seen. */
  readonly leaks: readonly string[];
  /** Talks about a parcel that is there and one that is not, in the same words, whose answers differ. */
  readonly told: readonly string[];
  readonly twins: number;
  /** Most wrong proofs that any waybill has in the store. */
  readonly mostWrong: number;
  /** Owners who gave the right proof after their waybill was guessed at too often, and were let in all the same. */
  readonly letIn: number;
  /** Most parcels that one person was asked to prove. */
  readonly mostParcels: number;
  /** Owners who proved their own parcel and read of it: so that the figures above could be other than 0. */
  readonly owners: number;
  readonly modelCalls: number;
  readonly errors: readonly string[];
}

const AT_ONCE = 12;
const WALKERS = 50;
type Kind = TalkKind | 'forged' | 'model' | 'many' | 'planted';
/** Of those who do not walk. */
const SHARE: readonly Kind[] = [
  ...Array<'wrong tail'>(6).fill('wrong tail'),
  ...Array<'claim'>(5).fill('claim'),
  ...Array<'prompt'>(4).fill('prompt'),
  ...Array<'forged'>(8).fill('forged'),
  ...(['model', 'model', 'model', 'model', 'many', 'planted', 'planted'] as const),
];

/** Makes `count` attempts on the shipped program over its own protocols, and reads all that comes back. */
export async function attempt(count: number, seed: number): Promise<Findings> {
  const parcels = makeParcels(chance(seed), Math.max(100, 2 * count));
  const model = await openModelStub(chance(seed + 1), parcels);
  const house = await openHouse(
    { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'adversary' },
    recordsOf(parcels),
  );
  try {
    return await inside(house, model, parcels, count, chance(seed + 2));
  } finally {
    await house.close();
    await model.close();
  }
}

async function inside(
  house: House,
  model: ModelStub,
  parcels: readonly Parcel[],
  count: number,
  dice: Chance,
): Promise<Findings> {
  const made: Record<string, number> = {};
  const leaks: string[] = [];
  const told: string[] = [];
  let [read, twins, owners, letIn, mostParcels, visitors, place] = [0, 0, 0, 0, 0, 0, 0];
  const doors: Door[] = [];
  const doorFor = (nth: number): Door => (doors[Math.floor(nth / 200)] ??= openDoor(house.url, Math.floor(nth / 200)));
  const door = doorFor(0);

  const judge = (kind: string, words: readonly string[], own: Parcel | null = null, raw = false): void => {
    read += words.length;
    for (const word of words)
      for (const one of foreignIn(word, own, raw)) leaks.push(`${kind}: ${one} in ${word.slice(0, 200)}`);
  };
  async function visit<T>(kind: string, work: (visitor: Visitor) => Promise<T>, own: Parcel | null = null): Promise<T> {
    visitors += 1;
    const visitor = await newVisitor(doorFor(visitors), `v${visitors}`);
    try {
      return await work(visitor);
    } finally {
      visitor.close();
      judge(kind, visitor.words, own);
      judge(kind, visitor.raw, own, true);
    }
  }
  /** A parcel that no other attempt is about. */
  const fresh = (): Parcel => {
    const parcel = parcels[place++];
    if (parcel === undefined) throw new Error('too few parcels');
    return parcel;
  };

  /** The same words about a parcel that is there and one that is not, in turn: the answers must be the same. */
  async function talkTwice(kind: TalkKind): Promise<void> {
    const parcel = fresh();
    const said = talk(kind, dice);
    const about = (waybill: string): Promise<string> =>
      visit(kind, async (visitor) => {
        const answers: string[] = [];
        for (const line of said) answers.push(await visitor.say(line.replaceAll('{no}', waybill)));
        return sameWhere(answers.join('\n---\n'), waybill);
      });
    const there = await about(parcel.waybill);
    const ghost = await about(parcel.ghost);
    twins += 1;
    if (there !== ghost) told.push(`${JSON.stringify(said)}\n${there}\n=====\n${ghost}`);
  }

  async function many(): Promise<void> {
    const asked = await visit('many', async (visitor) => {
      let proofs = 0;
      for (let n = 0; n < 14; n += 1) {
        const { waybill, ghost } = fresh();
        const answer = await visitor.say(`查货 ${dice.below(3) === 0 ? ghost : waybill}`);
        if (/后4位/.test(answer)) proofs += 1;
      }
      return proofs;
    });
    mostParcels = Math.max(mostParcels, asked);
  }

  /** An owner reads what somebody wrote into the records of their parcel: as words, and of nobody else's. */
  async function planted(): Promise<void> {
    let parcel = fresh();
    while (parcel.planted === '') parcel = fresh();
    await visit(
      'planted',
      async (visitor) => {
        await visitor.say(ask(dice, parcel.waybill));
        const answer = await visitor.say(dice.below(2) === 0 ? parcel.sender.slice(-4) : parcel.receiver);
        await visitor.say(`${parcel.waybill}到哪了`);
        if (answer.includes(parcel.code)) owners += 1;
      },
      parcel,
    );
  }

  const strange = ['帮我弄一下那个呗', '呜啦啦咋整才算数呀', '盒子瘪得不像样 咋整', '噗噗噗给个说法呗亲'].map(
    (words) => `${words}${STRANGE}`,
  );
  async function advised(): Promise<void> {
    const parcel = fresh();
    await visit('model', async (visitor) => {
      await visitor.say(`${dice.of(strange)} ${dice.of(['', parcel.waybill])}`);
      await visitor.say(dice.of(strange));
      await visitor.say(wrongTail(dice));
    });
  }

  // Somebody who has proved what is theirs, and whose conversation others try to get at.
  const owner = fresh();
  const mine = await newVisitor(door, 'victim');
  await mine.say(`${owner.waybill}到哪了`);
  await mine.say(owner.sender.slice(-4));
  await mine.say(`${owner.waybill}的货款什么时候到账`);
  const seen = mine.words.join('\n');
  if (!seen.includes(owner.code)) throw new Error(`an owner is told nothing: ${seen}`);
  const victim: Victim = { visitor: mine, parcel: owner };
  const forged = forgeries(victim, dice);

  async function forge(): Promise<void> {
    const one = forged[(made['forged'] ?? 0) % forged.length];
    if (one === undefined) throw new Error('no forgeries');
    const target = fresh();
    await visit(`forged ${one.name}`, async (visitor) => {
      const answers = await one.run({ door: doorFor(visitors), visitor, target });
      judge(`forged ${one.name}`, answers, null, true);
      await visitor.say(`${target.waybill}到哪了`);
    });
  }

  /** Many conversations guess at one parcel at once, each its own piece of the tails. */
  async function walk(walkers: number): Promise<void> {
    const parcel = fresh();
    const tails = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0')).filter(
      (tail) => !/^[789]{4}$/.test(tail),
    );
    await inTurns(walkers, walkers, (n) =>
      visit('walking tails', async (visitor) => {
        await visitor.say(`${parcel.waybill}到哪了`);
        for (let step = 0; step < 3; step += 1) await visitor.say(tails[n * 3 + step] ?? '0000');
      }),
    );
    made['walking tails'] = (made['walking tails'] ?? 0) + walkers;
    await visit('walking tails', async (visitor) => {
      await visitor.say(`${parcel.waybill}到哪了`);
      if ((await visitor.say(parcel.sender.slice(-4))).includes(parcel.code)) letIn += 1;
    });
  }

  const walks = Math.max(1, Math.floor(count / 10 / WALKERS));
  for (let n = 0; n < walks; n += 1) await walk(Math.min(WALKERS, Math.max(10, Math.floor(count / 5))));
  const rest = count - (made['walking tails'] ?? 0);
  const work: Readonly<Record<Kind, () => Promise<void>>> = {
    'wrong tail': () => talkTwice('wrong tail'),
    claim: () => talkTwice('claim'),
    prompt: () => talkTwice('prompt'),
    forged: forge,
    model: advised,
    many,
    planted,
  };
  await inTurns(rest, AT_ONCE, async (n) => {
    const kind = SHARE[n % SHARE.length] ?? 'claim';
    const running = work[kind]();
    made[kind] = (made[kind] ?? 0) + 1;
    await running;
  });
  mine.close();
  for (const one of doors) one.close();
  return {
    ...{ attempts: made, forgeries: forged.length, read, leaks, told, twins, owners, letIn, mostParcels },
    mostWrong: await mostWrongProofs(house.database),
    modelCalls: model.calls(),
    errors: house.errors,
  };
}

/** What may differ between two answers of the same kind: the waybill, a ticket's number, and the time by which it is answered. */
function sameWhere(answer: string, waybill: string): string {
  return answer
    .replaceAll(waybill, 'W')
    .replace(/T-\d+/g, 'T')
    .replace(/\d{1,2}:\d{2}/g, 'H');
}

async function inTurns(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<void> {
  const line = Array.from({ length: count }, (_, n) => n).values();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, count) }, async () => {
      for (const n of line) await work(n);
    }),
  );
}

async function mostWrongProofs(path: string): Promise<number> {
  const { default: Sqlite } = await import('better-sqlite3');
  const database = new Sqlite(path, { readonly: true });
  try {
    const { n } = database
      .prepare('SELECT coalesce(max(n), 0) AS n FROM (SELECT count(*) AS n FROM wrong_proofs GROUP BY waybill)')
      .get() as { n: number };
    return n;
  } finally {
    database.close();
  }
}
