/**
 * The parcels that dialogue tables and demonstrations name: one for each branch of the company's rules,
 * seen on 2026-11-21. All people and numbers are made up.
 */
export interface Person {
  readonly name: string;
  readonly phone: string;
}

/** Days are `MM-DD` of 2026, moments `MM-DD HH:MM`, at +08:00. */
export interface SampleParcel {
  readonly waybill: string;
  /** What it is good for. */
  readonly shows: string;
  readonly route: readonly [from: string, to: string];
  readonly sender: Person;
  readonly receiver: Person;
  readonly load: readonly [goods: string, pieces: number, weightKg: number, volumeM3: number];
  readonly status: string;
  readonly location: string;
  readonly updated: string;
  readonly shipped?: string;
  readonly arrived?: string;
  readonly signed?: string;
  readonly signedBy?: string;
  readonly cod: number;
  readonly payment?: {
    readonly status: string;
    readonly collected?: string;
    readonly remitted?: string;
    readonly hold?: string;
  };
}

const person = (name: string, phone: string): Person => ({ name, phone });
const zhang = person('张伟', '13800005678');
const li = person('李静', '13900002468');
const wang = person('王芳', '15000001357');
const zhao = person('赵磊', '18600007531');
const chen = person('陈秀英', '13500004826');
const liu = person('刘洋', '15800009173');
const huang = person('黄丽', '13700003690');
const zhou = person('周强', '18800006412');
const wu = person('吴敏', '15900008205');
const xu = person('徐娜', '13600001948');
const sun = person('孙浩', '18200004067');
const ma = person('马超', '15100007719');

const guangzhou = '广州白云网点';
const chengdu = '成都双流网点';
const yiwu = '义乌国际商贸城网点';
const hangzhou = '杭州萧山网点';
const foshan = '佛山南海网点';
const beijing = '北京大兴网点';
const xian = '西安未央网点';
const chongqing = '重庆沙坪坝网点';
const wuhan = '武汉转运中心';

// prettier-ignore
export const sampleParcels: readonly SampleParcel[] = [
  // 张伟 owns the first five: repairs of a wrong digit are tried against these and no others.
  {
    waybill: '12345678', shows: 'overdue: 18 days, no reason found',
    route: [guangzhou, chengdu], sender: zhang, receiver: li,
    load: ['服装', 12, 260, 1.6], status: 'signed', location: chengdu, updated: '11-06 16:40',
    shipped: '11-03 09:20', arrived: '11-05 21:10', signed: '11-06 16:32', cod: 3860, payment: { status: 'collected', collected: '11-06 16:40' },
  },
  {
    waybill: '23456789', shows: 'not arrived: money is collected at delivery',
    route: [guangzhou, beijing], sender: zhang, receiver: wu,
    load: ['服装', 8, 175, 1.1], status: 'in_transit', location: wuhan, updated: '11-20 22:15',
    shipped: '11-18 17:30', cod: 5200, payment: { status: 'uncollected' },
  },
  {
    waybill: '34567890', shows: 'remitted',
    route: [guangzhou, xian], sender: zhang, receiver: xu,
    load: ['服装', 5, 98, 0.7], status: 'signed', location: xian, updated: '11-03 15:20',
    shipped: '10-20 10:05', arrived: '10-23 08:40', signed: '10-23 14:25', cod: 2680, payment: { status: 'remitted', collected: '10-23 14:30', remitted: '11-03 15:20' },
  },
  {
    waybill: '45678901', shows: 'in term: due 2026-11-27',
    route: [guangzhou, chongqing], sender: zhang, receiver: sun,
    load: ['配件', 20, 430, 1.2], status: 'signed', location: chongqing, updated: '11-15 11:05',
    shipped: '11-12 16:00', arrived: '11-14 20:30', signed: '11-15 11:00', cod: 1980, payment: { status: 'collected', collected: '11-15 11:05' },
  },
  {
    waybill: '55667788', shows: 'zhang receives it himself; on the van',
    route: [hangzhou, guangzhou], sender: ma, receiver: zhang,
    load: ['茶叶', 3, 36, 0.2], status: 'out_for_delivery', location: guangzhou, updated: '11-21 08:35',
    shipped: '11-18 11:20', arrived: '11-20 19:50', cod: 0,
  },
  // Neighbours of 12345678 and 23456789 that belong to others: never offered to 张伟.
  {
    waybill: '12345679', shows: 'neighbour of 12345678, other owner',
    route: [yiwu, beijing], sender: wang, receiver: zhao,
    load: ['饰品', 6, 54, 0.5], status: 'signed', location: beijing, updated: '11-05 10:40',
    shipped: '11-02 15:45', arrived: '11-04 22:00', signed: '11-05 10:35', cod: 0,
  },
  {
    waybill: '12345688', shows: 'neighbour of 12345678, other owner, remitted',
    route: [yiwu, chengdu], sender: wang, receiver: chen,
    load: ['日用百货', 15, 140, 1.9], status: 'signed', location: chengdu, updated: '11-06 14:10',
    shipped: '10-24 14:10', arrived: '10-28 09:15', signed: '10-28 17:20', cod: 1260, payment: { status: 'remitted', collected: '10-28 17:25', remitted: '11-06 14:10' },
  },
  {
    waybill: '23456798', shows: 'two digits swapped from 23456789, other owner',
    route: [foshan, xian], sender: liu, receiver: huang,
    load: ['瓷砖', 40, 1120, 0.9], status: 'arrived', location: xian, updated: '11-20 18:25',
    shipped: '11-16 19:00', arrived: '11-20 18:25', cod: 8800, payment: { status: 'uncollected' },
  },
  // Holidays and weekends: the fifteenth day after shipping is not a bank day.
  {
    waybill: '56789012', shows: 'due Sunday 2026-11-22 -> Monday 11-23',
    route: [yiwu, chengdu], sender: wang, receiver: li,
    load: ['玩具', 10, 86, 1.3], status: 'signed', location: chengdu, updated: '11-10 15:50',
    shipped: '11-07 18:10', arrived: '11-10 09:30', signed: '11-10 15:45', cod: 4500, payment: { status: 'collected', collected: '11-10 15:50' },
  },
  {
    waybill: '56789034', shows: 'due today, Saturday 2026-11-21 -> Monday 11-23',
    route: [hangzhou, beijing], sender: ma, receiver: zhou,
    load: ['布料', 9, 310, 1.5], status: 'signed', location: beijing, updated: '11-09 13:10',
    shipped: '11-06 08:50', arrived: '11-08 23:40', signed: '11-09 13:05', cod: 7420, payment: { status: 'collected', collected: '11-09 13:10' },
  },
  {
    waybill: '56789056', shows: 'overdue by one day: due Friday 2026-11-20',
    route: [foshan, chengdu], sender: liu, receiver: chen,
    load: ['灯具', 14, 205, 2.2], status: 'signed', location: chengdu, updated: '11-09 10:20',
    shipped: '11-05 20:15', arrived: '11-08 19:05', signed: '11-09 10:15', cod: 5630, payment: { status: 'collected', collected: '11-09 10:20' },
  },
  {
    waybill: '67890123', shows: 'due 2026-10-02 in 国庆节 -> 10-08; not paid since',
    route: [guangzhou, chongqing], sender: zhao, receiver: sun,
    load: ['鞋帽', 7, 92, 0.9], status: 'signed', location: chongqing, updated: '09-21 16:20',
    shipped: '09-17 17:40', arrived: '09-20 12:10', signed: '09-21 16:15', cod: 3150, payment: { status: 'collected', collected: '09-21 16:20' },
  },
  {
    waybill: '67890145', shows: 'due 2026-09-25 中秋 -> 09-28; not paid since',
    route: [yiwu, xian], sender: zhao, receiver: xu,
    load: ['文具', 11, 120, 0.8], status: 'signed', location: xian, updated: '09-14 11:30',
    shipped: '09-10 13:00', arrived: '09-13 20:45', signed: '09-14 11:25', cod: 2070, payment: { status: 'collected', collected: '09-14 11:30' },
  },
  {
    waybill: '67890167', shows: 'due Saturday 2026-10-10, a make-up workday: not moved',
    route: [hangzhou, chengdu], sender: ma, receiver: chen,
    load: ['家纺', 16, 230, 2.6], status: 'signed', location: chengdu, updated: '09-29 09:45',
    shipped: '09-25 16:30', arrived: '09-28 18:20', signed: '09-29 09:40', cod: 6340, payment: { status: 'collected', collected: '09-29 09:45' },
  },
  {
    waybill: '67890189', shows: 'due 2026-02-17 in 春节 -> 02-24; remitted then',
    route: [guangzhou, beijing], sender: zhao, receiver: zhou,
    load: ['服装', 4, 66, 0.4], status: 'signed', location: beijing, updated: '02-24 10:10',
    shipped: '02-02 15:20', arrived: '02-05 09:30', signed: '02-05 17:10', cod: 1880, payment: { status: 'remitted', collected: '02-05 17:15', remitted: '02-24 10:10' },
  },
  // Money that waits for a reason that does not pass by itself.
  {
    waybill: '78901234', shows: 'held: account-mismatch',
    route: [foshan, chongqing], sender: liu, receiver: sun,
    load: ['家具', 3, 280, 3.4], status: 'signed', location: chongqing, updated: '11-11 09:30',
    shipped: '10-30 18:45', arrived: '11-02 08:20', signed: '11-02 15:10', cod: 6120, payment: { status: 'held', collected: '11-02 15:15', hold: 'account-mismatch' },
  },
  {
    waybill: '78901256', shows: 'held: account-missing',
    route: [yiwu, beijing], sender: huang, receiver: wu,
    load: ['箱包', 9, 77, 1.0], status: 'signed', location: beijing, updated: '11-12 10:00',
    shipped: '11-01 12:30', arrived: '11-04 07:50', signed: '11-04 16:35', cod: 2340, payment: { status: 'held', collected: '11-04 16:40', hold: 'account-missing' },
  },
  {
    waybill: '78901278', shows: 'held: claim-open',
    route: [hangzhou, xian], sender: ma, receiver: xu,
    load: ['瓷器', 6, 150, 0.9], status: 'signed', location: xian, updated: '11-10 17:20',
    shipped: '10-28 09:10', arrived: '10-31 22:30', signed: '11-01 10:50', cod: 4980, payment: { status: 'held', collected: '11-01 10:55', hold: 'claim-open' },
  },
  // Parcels by where they are.
  {
    waybill: '89012345', shows: 'arrived, waits for delivery',
    route: [guangzhou, xian], sender: zhou, receiver: huang,
    load: ['五金', 18, 540, 0.8], status: 'arrived', location: xian, updated: '11-20 20:10',
    shipped: '11-16 14:20', arrived: '11-20 20:10', cod: 2760, payment: { status: 'uncollected' },
  },
  {
    waybill: '89012367', shows: 'on the van, money still to collect',
    route: [yiwu, chengdu], sender: wang, receiver: li,
    load: ['饰品', 5, 41, 0.4], status: 'out_for_delivery', location: chengdu, updated: '11-21 08:20',
    shipped: '11-17 17:00', arrived: '11-20 21:40', cod: 990, payment: { status: 'uncollected' },
  },
  {
    waybill: '89012389', shows: 'signed but the money is not in the books',
    route: [foshan, beijing], sender: liu, receiver: wu,
    load: ['卫浴', 4, 190, 1.7], status: 'signed', location: beijing, updated: '11-17 18:05',
    shipped: '11-13 19:30', arrived: '11-16 23:10', signed: '11-17 18:05', cod: 3480, payment: { status: 'uncollected' },
  },
  {
    waybill: '90123456', shows: 'lost',
    route: [yiwu, xian], sender: huang, receiver: xu,
    load: ['电子配件', 2, 24, 0.1], status: 'lost', location: '郑州转运中心', updated: '11-15 10:30',
    shipped: '11-05 16:10', cod: 3300, payment: { status: 'uncollected' },
  },
  {
    waybill: '90123478', shows: 'returned to the sender',
    route: [hangzhou, chongqing], sender: ma, receiver: sun,
    load: ['布料', 6, 155, 0.8], status: 'returned', location: hangzhou, updated: '11-16 15:40',
    shipped: '11-02 10:40', arrived: '11-05 17:30', cod: 1750, payment: { status: 'uncollected' },
  },
  {
    waybill: '90123490', shows: 'held at the outlet',
    route: [guangzhou, chengdu], sender: zhou, receiver: chen,
    load: ['化妆品', 10, 88, 0.6], status: 'held', location: chengdu, updated: '11-19 09:50',
    shipped: '11-14 15:15', arrived: '11-17 20:20', cod: 4100, payment: { status: 'uncollected' },
  },
  {
    waybill: '91234560', shows: 'booked, not shipped yet',
    route: [yiwu, chongqing], sender: wang, receiver: sun,
    load: ['日用百货', 30, 320, 4.1], status: 'booked', location: yiwu, updated: '11-21 09:05',
    cod: 2200, payment: { status: 'uncollected' },
  },
  {
    waybill: '91234582', shows: 'in transit for 10 days: late',
    route: [guangzhou, beijing], sender: zhou, receiver: wu,
    load: ['鞋帽', 6, 70, 0.8], status: 'in_transit', location: '郑州转运中心', updated: '11-15 03:20',
    shipped: '11-11 17:45', cod: 1430, payment: { status: 'uncollected' },
  },
  // No money to collect, claims, proofs.
  {
    waybill: '11223344', shows: 'signed, no cash on delivery',
    route: [foshan, chengdu], sender: liu, receiver: li,
    load: ['瓷砖', 25, 700, 0.6], status: 'signed', location: chengdu, updated: '11-14 16:45',
    shipped: '11-10 18:20', arrived: '11-13 22:40', signed: '11-14 16:45', cod: 0,
  },
  {
    waybill: '11335577', shows: 'in transit, no cash on delivery',
    route: [hangzhou, xian], sender: ma, receiver: huang,
    load: ['茶叶', 2, 20, 0.1], status: 'in_transit', location: '西安转运中心', updated: '11-21 04:10',
    shipped: '11-18 13:30', cod: 0,
  },
  {
    waybill: '22334455', shows: 'signed yesterday: damage claims',
    route: [foshan, xian], sender: liu, receiver: xu,
    load: ['灯具', 8, 96, 1.1], status: 'signed', location: xian, updated: '11-20 17:10',
    shipped: '11-16 18:40', arrived: '11-20 08:15', signed: '11-20 17:10', cod: 0,
  },
  {
    waybill: '33445566', shows: 'wrong proofs are tried here',
    route: [yiwu, beijing], sender: huang, receiver: zhao,
    load: ['文具', 7, 63, 0.5], status: 'signed', location: beijing, updated: '11-09 12:15',
    shipped: '11-06 14:00', arrived: '11-09 06:30', signed: '11-09 12:10', signedBy: '门卫代收', cod: 860, payment: { status: 'collected', collected: '11-09 12:15' },
  },
  {
    waybill: '44556677', shows: 'demonstrations in English: remitted',
    route: [hangzhou, beijing], sender: ma, receiver: wu,
    load: ['工艺品', 3, 45, 0.5], status: 'signed', location: beijing, updated: '11-13 14:20',
    shipped: '11-02 09:00', arrived: '11-05 10:10', signed: '11-05 15:30', cod: 12600, payment: { status: 'remitted', collected: '11-05 15:35', remitted: '11-13 14:20' },
  },
];
