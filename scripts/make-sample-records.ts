/**
 * Makes knowledge/data/{orders,payments,rates}.csv as of 2026-11-21 10:00: the named parcels of sample-parcels.ts and
 * a crowd around them. Same seed, same files. Run `node scripts/make-sample-records.ts` after changing either script.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import days from 'chinese-days';
import { parse } from 'csv-parse/sync';
import { addDays, daysBetween } from '../src/core/day.ts';
import { sampleParcels, type Person, type SampleParcel } from './sample-parcels.ts';

const DATA = new URL('../knowledge/data/', import.meta.url);
const TODAY = '2026-11-21';
const SEED = 20_261_121;
const TERM_DAYS = 15;
const CROWD = 220;

type Row = Readonly<Record<string, string | number>>;
interface Order {
  readonly row: Row;
  readonly payment: Row | null;
}

/** mulberry32: small, seeded, the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let random = createRandom(SEED);
const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
function pick<T>(from: readonly T[]): T {
  const one = from[between(0, from.length - 1)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}
const two = (n: number): string => String(n).padStart(2, '0');
const moment = (day: string, from: number, to: number): string =>
  `${day}T${two(between(from, to))}:${two(between(0, 11) * 5)}:00+08:00`;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

// Rates: by distance between cities (latitude, longitude), road about a quarter longer than the straight line.
const HUBS = ['上海', '广州', '义乌', '杭州', '深圳', '佛山', '成都', '北京'] as const;
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  上海: [31.23, 121.47], 广州: [23.13, 113.26], 义乌: [29.31, 120.08], 杭州: [30.27, 120.15], 深圳: [22.54, 114.06],
  佛山: [23.02, 113.12], 成都: [30.57, 104.07], 重庆: [29.56, 106.55], 西安: [34.34, 108.94], 北京: [39.9, 116.41],
  天津: [39.08, 117.2], 武汉: [30.59, 114.31], 长沙: [28.23, 112.94], 南京: [32.06, 118.8], 苏州: [31.3, 120.58],
  郑州: [34.75, 113.63], 济南: [36.65, 117.12], 青岛: [36.07, 120.38], 沈阳: [41.81, 123.43], 哈尔滨: [45.8, 126.53],
  昆明: [25.04, 102.71], 贵阳: [26.65, 106.63], 南宁: [22.82, 108.37], 福州: [26.07, 119.3], 厦门: [24.48, 118.09],
  南昌: [28.68, 115.86], 合肥: [31.82, 117.23], 兰州: [36.06, 103.83], 乌鲁木齐: [43.83, 87.62], 太原: [37.87, 112.55],
}; // prettier-ignore

/** Reached from the hubs like the others, but the sample parcels do not go there. */
const MORE_PLACES: Readonly<Record<string, readonly [number, number]>> = {
  无锡: [31.49, 120.31], 宁波: [29.87, 121.54], 温州: [28.0, 120.7], 台州: [28.66, 121.42], 嘉兴: [30.75, 120.76],
  绍兴: [30.0, 120.58], 泉州: [24.87, 118.68], 景德镇: [29.27, 117.18], 临沂: [35.1, 118.36], 石家庄: [38.04, 114.51],
  大连: [38.91, 121.61], 长春: [43.82, 125.32], 呼和浩特: [40.84, 111.75], 西宁: [36.62, 101.78], 银川: [38.49, 106.23],
  海口: [20.04, 110.32], 东莞: [23.02, 113.75], 珠海: [22.27, 113.58], 中山: [22.52, 113.39], 惠州: [23.11, 114.42],
  汕头: [23.35, 116.68], 徐州: [34.2, 117.28], 潍坊: [36.71, 119.16], 洛阳: [34.62, 112.45], 襄阳: [32.01, 112.12],
  绵阳: [31.47, 104.68],
}; // prettier-ignore

function kilometres(from: readonly [number, number], to: readonly [number, number]): number {
  const rad = Math.PI / 180;
  const half = (a: number, b: number): number => Math.sin(((b - a) * rad) / 2) ** 2;
  const h = half(from[0], to[0]) + Math.cos(from[0] * rad) * Math.cos(to[0] * rad) * half(from[1], to[1]);
  return 1.25 * 2 * 6371 * Math.asin(Math.sqrt(h));
}

function makeRates(places: typeof PLACES): Row[] {
  return HUBS.flatMap((from) =>
    Object.entries(places)
      .filter(([to]) => to !== from)
      .map(([to, place]) => {
        const km = kilometres(PLACES[from] ?? place, place);
        const perKg = Math.round((0.45 + km * 0.0006) * 20) / 20;
        return {
          from_city: from,
          to_city: to,
          per_kg: perKg,
          per_m3: Math.round((perKg * 210) / 10) * 10,
          minimum: km < 500 ? 35 : km < 1200 ? 50 : km < 2200 ? 65 : 90,
          days: 1 + Math.ceil(km / 700),
        };
      }),
  );
}

// People: tails of phones are all different, so that no proof fits a stranger's parcel.
const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈',
];
const GIVEN = ['建国', '秀兰', '志强', '丽娟', '海燕', '文博', '晓东', '雪梅', '国华', '婷婷', '永辉', '佳怡', '俊杰', '桂英', '春生', '思雨', '家豪', '玉兰', '振宇', '美玲', '立新', '欣怡', '德明', '小红', '学军', '慧敏']; // prettier-ignore
const PREFIXES = ['130', '135', '137', '139', '150', '151', '158', '159', '180', '182', '186', '188'];

function makePeople(count: number, taken: Set<string>): Person[] {
  return Array.from({ length: count }, () => {
    let tail = '';
    do tail = String(between(1000, 9999));
    while (taken.has(tail));
    taken.add(tail);
    return { name: pick(SURNAMES) + pick(GIVEN), phone: `${pick(PREFIXES)}0000${tail}` };
  });
}

/** One digit changed, or two neighbours swapped: what a slip of the finger makes of a waybill. */
export function isSlipOf(a: string, b: string): boolean {
  const wrong = [...a].flatMap((digit, at) => (digit === b[at] ? [] : [at]));
  const [first = -1, second = -1] = wrong;
  return (
    wrong.length <= 1 ||
    (wrong.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first])
  );
}

function nextWorkday(day: string): string {
  return days.isWorkday(day) ? day : nextWorkday(addDays(day, 1));
}

function named(parcel: SampleParcel): Order {
  const time = (at: string | undefined): string => (at === undefined ? '' : `2026-${at.replace(' ', 'T')}:00+08:00`);
  const row = {
    waybill: parcel.waybill,
    shipped_at: time(parcel.shipped),
    from_outlet: parcel.route[0],
    to_outlet: parcel.route[1],
    sender_name: parcel.sender.name,
    sender_phone: parcel.sender.phone,
    receiver_name: parcel.receiver.name,
    receiver_phone: parcel.receiver.phone,
    goods: parcel.load[0],
    pieces: parcel.load[1],
    weight_kg: parcel.load[2],
    volume_m3: parcel.load[3],
    status: parcel.status,
    location: parcel.location,
    updated_at: time(parcel.updated),
    arrived_at: time(parcel.arrived),
    signed_at: time(parcel.signed),
    signed_by: parcel.signed === undefined ? '' : (parcel.signedBy ?? parcel.receiver.name),
    cod_amount: parcel.cod,
  };
  const paid = parcel.payment;
  return {
    row,
    payment:
      paid === undefined
        ? null
        : paymentRow(
            row.waybill,
            parcel.cod,
            parcel.sender,
            paid.status,
            time(paid.collected),
            time(paid.remitted),
            paid.hold ?? '',
          ),
  };
}

function paymentRow(
  waybill: string,
  amount: number,
  sender: Person,
  status: string,
  collected: string,
  remitted: string,
  hold: string,
): Row {
  const missing = hold === 'account-missing';
  // The account a customer gave; its tail has nothing to do with the phone.
  const tail = String((Number(sender.phone.slice(-4)) * 7 + 1009) % 10_000).padStart(4, '0');
  return {
    waybill,
    amount,
    status,
    collected_at: collected,
    remitted_at: remitted,
    account_name: missing ? '' : sender.name,
    account_tail: missing ? '' : tail,
    hold_reason: hold,
  };
}

const LOADS = [['服装', 11, 0.11], ['鞋帽', 12, 0.12], ['汽车配件', 22, 0.05], ['五金', 28, 0.04], ['家具', 60, 0.7], ['灯具', 13, 0.15], ['茶叶', 11, 0.06], ['瓷砖', 28, 0.03], ['玩具', 9, 0.13], ['日用百货', 11, 0.12], ['饰品', 8, 0.08], ['布料', 34, 0.16], ['家纺', 14, 0.17], ['文具', 12, 0.09], ['箱包', 9, 0.13], ['小家电', 15, 0.12], ['卫浴', 45, 0.4], ['建材', 40, 0.06], ['干货', 20, 0.08], ['塑料制品', 10, 0.18]] as const; // prettier-ignore
const CENTRES = ['武汉转运中心', '郑州转运中心', '长沙转运中心', '合肥转运中心', '西安转运中心', '南昌转运中心'];

interface Line {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

function crowdMember(waybill: string, line: Line, sender: Person, receiver: Person): Order {
  const shippedDay = addDays(TODAY, -(random() < 0.6 ? between(0, 32) : between(33, 330)));
  const age = daysBetween(shippedDay, TODAY);
  const arrivedDay = addDays(shippedDay, line.days);
  const signedDay = addDays(arrivedDay, between(0, 2));
  const luck = random();
  const [goods, unitKg, unitM3] = pick(LOADS);
  const pieces = between(1, 24);
  const cod = random() < 0.75 ? between(30, 960) * 10 : 0;
  const shipped = moment(shippedDay, age === 0 ? 7 : 10, age === 0 ? 8 : 19);
  const arrived = moment(arrivedDay, 4, 7);
  const signed = moment(signedDay, 9, 17);
  const booked = age === 0 && luck < 0.5;
  const stray = !booked && age > line.days + 2 && luck > 0.95;
  const status = booked
    ? 'booked'
    : stray
      ? pick(['lost', 'returned', 'held'])
      : signedDay < TODAY
        ? 'signed'
        : arrivedDay <= TODAY
          ? pick(['arrived', 'out_for_delivery'])
          : 'in_transit';
  const hasArrived = status !== 'booked' && status !== 'in_transit' && status !== 'lost';
  const latest = addDays(shippedDay, Math.min(age, line.days + 2));
  const updated = { signed, arrived, out_for_delivery: moment(TODAY, 8, 8), booked: shipped, in_transit: age === 0 ? shipped : moment(TODAY, 1, 5) }[status]; // prettier-ignore
  return {
    row: {
      waybill,
      shipped_at: booked ? '' : shipped,
      from_outlet: line.from,
      to_outlet: line.to,
      sender_name: sender.name,
      sender_phone: sender.phone,
      receiver_name: receiver.name,
      receiver_phone: receiver.phone,
      goods,
      pieces,
      weight_kg: round(pieces * unitKg * (0.85 + random() * 0.3), 1),
      volume_m3: Math.max(0.1, round(pieces * unitM3 * (0.85 + random() * 0.3), 1)),
      status,
      location:
        booked || (status === 'in_transit' && age === 0) || status === 'returned'
          ? line.from
          : hasArrived
            ? line.to
            : pick(CENTRES),
      updated_at: updated ?? moment(latest, 11, 18),
      arrived_at: hasArrived ? arrived : '',
      signed_at: status === 'signed' ? signed : '',
      signed_by:
        status === 'signed' ? (random() < 0.85 ? receiver.name : pick(['门卫代收', '同事代收', '家人代收'])) : '',
      cod_amount: cod,
    },
    payment:
      cod === 0 ? null : crowdPayment(waybill, cod, sender, shippedDay, signedDay, status === 'signed' ? signed : ''),
  };
}

function crowdPayment(
  waybill: string,
  cod: number,
  sender: Person,
  shippedDay: string,
  signedDay: string,
  signed: string,
): Row {
  if (signed === '') return paymentRow(waybill, cod, sender, 'uncollected', '', '', '');
  const due = nextWorkday(addDays(shippedDay, TERM_DAYS));
  const luck = random();
  if (luck < 0.1) {
    const hold = pick(['account-mismatch', 'account-missing', 'claim-open']);
    return paymentRow(waybill, cod, sender, 'held', signed, '', hold);
  }
  const paidDay = nextWorkday(addDays(signedDay, between(2, 8)));
  const remittedDay = paidDay < due ? paidDay : due;
  const forgotten = luck > 0.95;
  if (forgotten || remittedDay >= TODAY) return paymentRow(waybill, cod, sender, 'collected', signed, '', '');
  return paymentRow(waybill, cod, sender, 'remitted', signed, moment(remittedDay, 18, 20), '');
}

function makeOrders(rates: readonly Row[]): Order[] {
  const text = readFileSync(new URL('outlets.csv', DATA), 'utf8');
  const outlets = parse<Record<string, string>>(text, { columns: true });
  const inCity = (city: string): string[] => outlets.filter((o) => o['city'] === city).map((o) => o['outlet'] ?? '');
  const orders = sampleParcels.map(named);
  const waybills = sampleParcels.map((p) => p.waybill);
  const tails = new Set(sampleParcels.flatMap((p) => [p.sender.phone.slice(-4), p.receiver.phone.slice(-4)]));
  const senders = makePeople(40, tails);
  const receivers = makePeople(110, tails);
  while (orders.length < sampleParcels.length + CROWD) {
    const waybill = String(between(60_000_000, 99_999_999));
    if (waybills.some((other) => isSlipOf(waybill, other))) continue;
    waybills.push(waybill);
    const rate = pick(rates);
    const line = {
      from: pick(inCity(String(rate['from_city']))),
      to: pick(inCity(String(rate['to_city']))),
      days: Number(rate['days']),
    };
    orders.push(crowdMember(waybill, line, pick(senders), pick(receivers)));
  }
  return orders;
}

function csv(rows: readonly Row[]): string {
  const header = Object.keys(rows[0] ?? {});
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))]
    .map((line) => line.join(',') + '\n')
    .join('');
}

/** File name -> its text. */
export function makeSampleRecords(): ReadonlyMap<string, string> {
  random = createRandom(SEED);
  const rates = makeRates(PLACES);
  const orders = makeOrders(rates);
  return new Map([
    ['orders.csv', csv(orders.map((order) => order.row))],
    ['payments.csv', csv(orders.flatMap((order) => (order.payment === null ? [] : [order.payment])))],
    ['rates.csv', csv([...rates, ...makeRates(MORE_PLACES)])],
  ]);
}

if (import.meta.main) for (const [file, text] of makeSampleRecords()) writeFileSync(new URL(file, DATA), text);
