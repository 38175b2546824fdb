import { RefusedError, UnreachableError } from '../../src/core/errors.ts';
import type { RecordRow, Records, RecordSource } from '../../src/core/records.ts';
import { never, type Life } from './life.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Weather } from './weather.ts';

/** A parcel of the simulated company. What is private of it is found nowhere else: a canary. */
export interface Parcel {
  readonly waybill: string;
  /** Whose it is: the tail that proves it. */
  readonly owner: string;
  readonly tail: string;
  /** None of these may reach anybody but the owner, and nobody in a group. */
  readonly canaries: readonly string[];
  order: RecordRow;
  payment: RecordRow;
}

const STATUSES = ['booked', 'in_transit', 'arrived', 'out_for_delivery', 'signed', 'held', 'lost'] as const;
const PAYMENTS = ['uncollected', 'collected', 'remitted', 'held'] as const;

export function createParcels(owners: readonly string[], random: Random, day: Date): Parcel[] {
  const daysAgo = (days: number): string => new Date(day.getTime() - days * 86_400_000).toISOString();
  return owners.map((owner, index) => {
    const code = `${'甲乙丙丁戊己庚辛壬癸'[index % 10]}鹮${index}`;
    const waybill = String(70_000_000 + index * 1_111_111 + random.between(0, 999));
    const tail = String(4000 + index * 37);
    const amount = 31_000 + index * 101 + 0.37;
    const status = random.pick(STATUSES);
    const phone = `1380013${tail}`;
    return {
      waybill,
      owner,
      tail,
      canaries: [code, String(amount), phone],
      order: {
        waybill,
        shipped_at: daysAgo(random.between(1, 20)),
        from_outlet: `${code}发网点`,
        to_outlet: `${code}到网点`,
        sender_name: code,
        sender_phone: phone,
        receiver_name: code,
        receiver_phone: `1390013${tail}`,
        goods: `${code}货`,
        pieces: 3,
        weight_kg: 60,
        volume_m3: 0.5,
        status,
        location: `${code}转运中心`,
        updated_at: daysAgo(1),
        arrived_at: status === 'signed' ? daysAgo(1) : null,
        signed_at: status === 'signed' ? daysAgo(1) : null,
        signed_by: status === 'signed' ? code : null,
        cod_amount: amount,
      },
      payment: {
        waybill,
        amount,
        status: random.pick(PAYMENTS),
        collected_at: daysAgo(random.between(1, 20)),
        remitted_at: daysAgo(1),
        account_name: code,
        account_tail: tail,
        hold_reason: 'claim-open',
      },
    };
  });
}

/** What the customers' confirmed writes have done, by idempotency key: how often each was carried out. */
export type Bookings = Map<string, number>;

/** The company's other systems: slow, failing, changing between two look-ups. They outlive the program. */
export function businessRecords(deps: {
  readonly parcels: readonly Parcel[];
  readonly bookings: Bookings;
  readonly others: Records;
  readonly life: Life;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly weather: Weather['records'];
  readonly note: (what: string) => void;
}): Records {
  const { parcels, bookings, others, life, time, random, weather, note } = deps;

  async function answer<T>(what: string, work: () => T): Promise<T> {
    if (random.chance(weather.slow)) await time.sleep(random.between(5, 3000));
    if (!life.alive()) return never();
    if (random.chance(weather.fail)) {
      note(`records: ${what} is down`);
      throw random.chance(0.8) ? new UnreachableError('simulated: no answer') : new Error('simulated: nonsense');
    }
    const result = work();
    if (random.chance(weather.failAfter)) throw new UnreachableError('simulated: the answer was lost');
    return result;
  }

  function changed(parcel: Parcel): void {
    parcel.order = { ...parcel.order, status: random.pick(STATUSES) };
    parcel.payment = { ...parcel.payment, status: random.pick(PAYMENTS) };
    note(`records: ${parcel.waybill} is now ${String(parcel.order['status'])}`);
  }

  function source(name: 'order' | 'payment'): RecordSource {
    return {
      find: (by) =>
        answer(name, () => {
          const found = parcels.filter((parcel) =>
            Object.entries(by).every(([field, value]) => String(parcel[name][field] ?? '') === value),
          );
          for (const parcel of found) if (random.chance(weather.change)) changed(parcel);
          return found.map((parcel) => parcel[name]);
        }),
      call: () => Promise.reject(new RefusedError('read-only', 'simulated: read only')),
      close: () => Promise.resolve(),
    };
  }

  const booking: RecordSource = {
    find: () => Promise.resolve([]),
    call: (operation, values, key) =>
      answer(operation, () => {
        // The same key has one effect, as the far side promises.
        if (!bookings.has(key)) note(`booked ${key}`);
        bookings.set(key, 1);
        return { number: `B${[...bookings.keys()].indexOf(key) + 1}` };
      }),
    close: () => Promise.resolve(),
  };
  return new Map([...others, ['order', source('order')], ['payment', source('payment')], ['booking', booking]]);
}
