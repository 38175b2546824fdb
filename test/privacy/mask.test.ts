import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskText, maskValue } from '../../src/core/privacy/mask.ts';
import { privacyOf, privateSlot } from '../../src/tickets/privacy.ts';

const nothing = { hide: [], show: [] };
const mask = (text: string): string => maskText(text, nothing).text;

describe('maskText', () => {
  it.each([
    ['我电话13800138000请回', '我电话138****8000请回'],
    ['电话13800138000一个人在', '电话138****8000一个人在'],
    ['138 0013 8000 / 139-0013-9000', '138****8000 / 139****9000'],
    ['+86 13800138000', '138****8000'],
    ['１３８００１３８０００', '138****8000'],
    ['一三八零零一三八零零零', '138****8000'],
    ['打 +44 20 7946 0958 找我', '打 442****0958 找我'],
    ['座机028-85551234', '座机028****1234'],
    ['身份证51010119900307123X', '身份证510****123X'],
    ['卡号6222 0212 3456 7890 123', '卡号****0123'],
    ['账号是 33001234', '账号是 ****1234'],
    ['1380013800013900139000', '****9000'],
    ['写到 wang.li@example.com.cn 吧', '写到 w***@example.com.cn 吧'],
    ['wang＠example.com', 'w***＠example.com'],
  ])('hides %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each([
    '我的12345678单号的货款为什么半个月了还没有收到',
    '2026-11-21 2026-11-22 2026-11-23 都没人来',
    '2026-11-21 08:30:00 到货 3 件 1800.50元',
    '我的工号是8001,工单 T-1001',
    '单号 YS202611210001',
    '账户不匹配，单号87654321',
  ])('leaves %s alone', (text) => {
    expect(maskText(text, nothing)).toEqual({ text, hidden: [] });
  });

  it('never hides a waybill, even one that looks like a phone, and still hides the phone beside it', () => {
    const privacy = { hide: [], show: ['13812345678'] };
    expect(maskText('单号13812345678,电话13912345678', privacy).text).toBe('单号13812345678,电话139****5678');
    expect(maskText('13812345678 13912345678', privacy).text).toBe('13812345678 139****5678');
  });

  it('hides known names and addresses wherever they stand, but not one character or a few digits', () => {
    const hide = [
      { kind: 'name', value: '王小明' },
      { kind: 'address', value: '成都市武侯区人民南路四段1号' },
      { kind: 'name', value: '好' },
      { kind: 'phone', value: '8000' },
    ] as const;
    expect(maskText('您好,王小明,送到成都市武侯区人民南路四段1号,货款8000元', { hide, show: [] }).text).toBe(
      '您好,王**,送到成都市武侯区****,货款8000元',
    );
  });

  it('gives the place and the words of each hidden piece, so that the text can be put together again', () => {
    const words = fc.constantFrom(
      '13800138000',
      '王小明',
      'a@b.cn',
      '6222021234567890123',
      '您好',
      ' ',
      '12345678',
      '9',
    );
    const privacy = { hide: [{ kind: 'name', value: '王小明' }], show: ['12345678'] } as const;
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 6 }))), (parts) => {
        const text = parts.join('');
        const masked = maskText(text, privacy);
        let restored = '';
        let read = 0;
        for (const { start, end, value } of masked.hidden) {
          restored += masked.text.slice(read, start) + value;
          read = end;
        }
        expect(restored + masked.text.slice(read)).toBe(text);
        expect(masked.text).not.toContain('王小明');
      }),
    );
  });
});

describe('a form', () => {
  it.each([
    ['phone', 'phone'],
    ['receiver_phone', 'phone'],
    ['contact', 'phone'],
    ['pickup_address', 'address'],
    ['account_name', 'name'],
    ['account_number', 'account'],
    ['id_card', 'id'],
    ['sender_name', 'name'],
    ['email', 'email'],
    ['waybill', null],
    ['goods', null],
    ['bank', null],
    ['bank_card', 'account'],
    ['new_value', 'address'],
    ['goods_name', null],
  ])('holds in %s: %s', (slot, kind) => {
    expect(privateSlot(slot)).toBe(kind);
  });

  it('tells what to hide and what to show in every text about the ticket', () => {
    const ticket = {
      customer: { id: 'c1', name: '李雷' },
      waybill: '12345678',
      form: { receiver_name: '韩梅梅', other_waybill: '87654321', goods: '瓷砖' },
    };
    expect(privacyOf(ticket)).toEqual({
      hide: [
        { kind: 'name', value: '李雷' },
        { kind: 'name', value: '韩梅梅' },
      ],
      show: ['12345678', '87654321'],
    });
  });

  it('covers a whole value of a known kind, and nothing of an empty one', () => {
    expect(maskValue('address', '人民南路四段').text).toBe('人民****');
    expect(maskValue('account', '1234').text).toBe('****');
    expect(maskValue('email', 'not an address').text).toBe('****');
    expect(maskValue('phone', '')).toEqual({ text: '', hidden: [] });
  });
});
