import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../src/understanding/entities/extract.ts';
import { normalise } from '../../src/understanding/normalise.ts';
import type { Gazetteer } from '../../src/understanding/understanding.ts';

const gazetteers = new Map<string, Gazetteer>([
  [
    'city',
    [
      { value: '成都', names: ['成都市', 'Chengdu'] },
      { value: '上海', names: ['上海市', 'Shanghai'] },
      { value: '齐齐哈尔', names: ['齊齊哈爾市'] },
    ],
  ],
  ['outlet', [{ value: '成都青白江网点', names: ['青白江网点'] }]],
  [
    'goods',
    [
      { value: '酒', names: ['白酒'] },
      { value: '锂电池', names: ['充电宝'] },
    ],
  ],
]);
/** A Saturday. */
const now = new Date(2026, 10, 21, 10);

function extractor(waybillPattern = '\\d{8}'): (text: string) => string {
  const extract = createExtractor({ waybillPattern, gazetteers });
  return (raw) =>
    extract(normalise(raw, 500).text, now)
      .map(({ type, value, role }) => `${type}=${value}${role ? `(${role})` : ''}`)
      .join(' ');
}
const find = extractor();

function table(name: string, rows: readonly (readonly [string, string])[]): void {
  describe(name, () => {
    it.each(rows)('%s -> %s', (text, expected) => expect(find(text)).toBe(expected));
  });
}

table('waybill', [
  ['12345678', 'waybill=12345678'],
  ['我的１２３４５６７８单号的货款', 'waybill=12345678'],
  ['1234 5678到哪了', 'waybill=12345678'],
  ['1234-5678', 'waybill=12345678'],
  ['幺二三四五六七八', 'waybill=12345678'],
  ['单号一二三四五六七八查一下', 'waybill=12345678'],
  ['12345678,87654321', 'waybill=12345678 waybill=87654321'],
  ['12345678 87654321', 'waybill=12345678 waybill=87654321'],
  ['waybill12345678 status', 'waybill=12345678'],
  ['12345678元', 'money=12345678'],
  ['91234582十天了', 'waybill=91234582'],
  ['12345678万一丢了', 'waybill=12345678'],
  ['2026-11-21', 'date=2026-11-21'],
  ['138 1234 5678', 'phone=13812345678'],
  ['电话12345678', ''],
]);

table('waybill-like', [
  ['1234567', 'waybill-like=1234567'],
  ['单号123456789', 'waybill-like=123456789'],
  ['运单1234567怎么还没到', 'waybill-like=1234567'],
  ['1234567到了吗', 'waybill-like=1234567'],
  ['123456789012', 'waybill-like=123456789012'],
  ['1234567o', 'waybill-like=1234567O'],
  ['房间号12345', ''],
]);

describe('the shape of waybills', () => {
  it('is the administrator’s', () => {
    const own = extractor('YS\\d{10}');
    expect(own('ys1234567890到哪了')).toBe('waybill=YS1234567890');
    expect(own('12345678')).toBe('waybill-like=12345678');
  });
  it('lets the words around decide where a telephone fits too', () => {
    const long = extractor('\\d{8,12}');
    expect(long('单号13812345678')).toBe('waybill=13812345678');
    expect(long('13812345678')).toBe('phone=13812345678');
  });
  it('must be RE2', () => expect(() => extractor('(')).toThrow());
});

table('phone', [
  ['我的电话13812345678', 'phone=13812345678'],
  ['138 1234 5678', 'phone=13812345678'],
  ['138-1234-5678', 'phone=13812345678'],
  ['+86 13812345678', 'phone=13812345678'],
  ['幺三八一二三四五六七八', 'phone=13812345678'],
  ['单号12345678 电话010-12345678', 'waybill=12345678 phone=+861012345678'],
  ['0571-87654321', 'phone=+8657187654321'],
  ['+1 415 555 2671', 'phone=+14155552671'],
]);

table('phone tail', [
  ['1234', 'phone-tail=1234'],
  ['是1234,谢谢', 'phone-tail=1234'],
  ['尾号五六七八', 'phone-tail=5678'],
  ['2024那单,手机后四位5678', 'phone-tail=5678'],
  ['单号后四位是1234 手机后四位5678', 'phone-tail=5678'],
  ['the last four are 5678', 'phone-tail=5678'],
  ['34567890货款打了没 5678', 'waybill=34567890 phone-tail=5678'],
  ['货款\n34567890\n5678', 'waybill=34567890 phone-tail=5678'],
  ['34567890 房间 1203', 'waybill=34567890'],
  ['34567890货款 1200', 'waybill=34567890 money=1200'],
  ['货款打了没 5678', ''],
  ['银行卡尾号1234', ''],
  ['2024年', ''],
]);

table('money', [
  ['代收2000元', 'money=2000'],
  ['1,234.50元', 'money=1234.5'],
  ['三千五', 'money=3500'],
  ['货款一万二', 'money=12000'],
  ['两百块', 'money=200'],
  ['三块五', 'money=3.5'],
  ['RMB 500', 'money=500'],
  ['¥1,234.50', 'money=1234.5'],
  ['5万块', 'money=50000'],
  ['1.5万元', 'money=15000'],
  ['保价3000', 'money=3000'],
  ['千万别弄丢了', ''],
  ['万一丢了', ''],
  ['三千五百公里', ''],
]);

table('date', [
  ['2026年11月21日', 'date=2026-11-21'],
  ['11月3号', 'date=2026-11-03'],
  ['十二月三号', 'date=2026-12-03'],
  ['1月5日', 'date=2027-01-05'],
  ['18号发的', 'date=2026-11-18'],
  ['28号发的', 'date=2026-10-28'],
  ['上个月20号', 'date=2026-10-20'],
  ['今天下午三点', 'date=2026-11-21'],
  ['明天', 'date=2026-11-22'],
  ['后天', 'date=2026-11-23'],
  ['昨天', 'date=2026-11-20'],
  ['大前天', 'date=2026-11-18'],
  ['下周一', 'date=2026-11-23'],
  ['这周五', 'date=2026-11-20'],
  ['上周三', 'date=2026-11-11'],
  ['周五', 'date=2026-11-27'],
  ['周五发的货', 'date=2026-11-20'],
  ['三天前', 'date=2026-11-18'],
  ['两周后', 'date=2026-12-05'],
  ['半个月前', 'date=2026-11-06'],
  ['月底', 'date=2026-11-30'],
  ['下月底', 'date=2026-12-31'],
  ['tomorrow', 'date=2026-11-22'],
  ['3 days ago', 'date=2026-11-18'],
  ['Nov 25th', 'date=2026-11-25'],
  ['半个月了', ''],
  ['2月30日', ''],
  ['3号库', ''],
]);

table('weight, volume and quantity', [
  ['200kg', 'weight=200'],
  ['两百公斤', 'weight=200'],
  ['十斤', 'weight=5'],
  ['半吨', 'weight=500'],
  ['两吨半', 'weight=2500'],
  ['3方', 'volume=3'],
  ['0.8立方米', 'volume=0.8'],
  ['2.5m³', 'volume=2.5'],
  ['1.5 CBM', 'volume=1.5'],
  ['60*40*50cm', 'volume=0.12'],
  ['1.2米x0.8米×1米', 'volume=0.96'],
  ['长60宽40高50厘米', 'volume=0.12'],
  ['3件', 'quantity=3'],
  ['三箱', 'quantity=3'],
  ['两个', 'quantity=2'],
  ['1托', 'quantity=1'],
  ['two boxes', 'quantity=2'],
  ['三个月了', ''],
  ['第三方', ''],
  ['第3件', ''],
]);

table('gazetteers and roles', [
  ['从上海到成都', 'city=上海(from) city=成都(to)'],
  ['上海发成都', 'city=上海(from) city=成都(to)'],
  ['上海-成都', 'city=上海(from) city=成都(to)'],
  ['上海市→成都市', 'city=上海(from) city=成都(to)'],
  ['to Chengdu from Shanghai', 'city=成都(to) city=上海(from)'],
  ['到成都', 'city=成都(to)'],
  ['发往成都市', 'city=成都(to)'],
  ['成都到货了没', 'city=成都(to)'],
  ['上海发货', 'city=上海(from)'],
  ['成都有网点吗', 'city=成都'],
  ['齐齐哈尔市', 'city=齐齐哈尔'],
  ['齊齊哈爾', 'city=齐齐哈尔'],
  ['成都青白江网点电话', 'outlet=成都青白江网点'],
  ['能寄白酒吗', 'goods=酒'],
  ['酒能寄吗', 'goods=酒'],
  ['酒店在哪', ''],
]);
