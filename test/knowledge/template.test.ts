import { describe, expect, it } from 'vitest';
import { createTemplates } from '../../src/knowledge/template.ts';

const compile = createTemplates();
const VALUES = {
  amount: 1234.5,
  at: '2026-11-25T10:00:00+08:00',
  day: '2027-01-03',
  phone: '13812345678',
  name: '欧阳修文',
  goods: ['瓷器', '', '茶叶'],
  nothing: null,
  ticket: { id: 'T-1001', promised_at: '2026-11-22T09:05:00+08:00' },
};

function say(source: string, language: 'zh' | 'en' = 'zh'): string {
  return compile(source).render({ values: VALUES, now: new Date('2026-11-21T15:30:00+08:00'), language });
}

describe('a template', () => {
  // prettier-ignore
  it.each([
    ['{{ amount | money }}', '1234.5元', '¥1,234.50'],
    ['{{ "2026-11-21" | day }}', '11月21日', '21 Nov'],
    ['{{ day | day }}', '2027年1月3日', '3 Jan 2027'],
    ['{{ "2026-11-21T15:30:00+08:00" | moment }}', '今天15:30', 'today 15:30'],
    ['{{ "2026-11-20T16:00:00Z" | moment }}', '今天00:00', 'today 00:00'],
    ['{{ ticket.promised_at | moment }}', '明天09:05', 'tomorrow 09:05'],
    ['{{ at | moment }}', '11月25日 10:00', '25 Nov 10:00'],
    ['{{ 12.5 | kg }}', '12.5公斤', '12.5 kg'],
    ['{{ 0.125 | m3 }}', '0.125立方米', '0.125 m³'],
    ['{{ phone | tail }}', '5678', '5678'],
    ['{{ phone | mask_phone }}', '138****5678', '138****5678'],
    ['{{ name | mask_name }}', '欧**', '欧**'],
    ['{{ "12345678" | spaced }}', '12345678', '12345678'],
    ['{{ goods | list }}', '瓷器、茶叶', '瓷器, 茶叶'],
    ['{% if nothing %}有{% else %}无{% endif %}', '无', '无'],
    ['{% if unbound.x %}有{% endif %}好\n', '好', '好'],
    ['{% for item in goods %}{{ item }};{% endfor %}', '瓷器;;茶叶;', '瓷器;;茶叶;'],
  ])('says %s as %s and %s', (source, zh, en) => {
    expect(say(source)).toBe(zh);
    expect(say(source, 'en')).toBe(en);
  });

  it.each([
    '{{ unbound }}',
    '{{ ticket.owner }}',
    '{{ nothing | money }}',
    '{{ nothing | moment }}',
    '{{ "?" | day }}',
  ])('refuses to say %s, which is not there', (source) => {
    expect(() => say(source)).toThrow('cannot be said');
  });

  it.each([
    ['{{ x', 1, 1],
    ['好\n好 {{ amount | mony }}', 2, 3],
    ['{% include "/etc/passwd" %}', 1, 1],
    ['{% render "x" %}', 1, 1],
    ['{% layout "x" %}', 1, 1],
    ['{{ "now" | date: "%Y" }}', 1, 1],
    ['{% if x %}', 1, 1],
  ])('is refused at its place when it is %j', (source, line, column) => {
    expect(() => compile(source)).toThrow(expect.objectContaining({ line, column }));
  });

  it('says plain words as they are, without the blanks around them', () => {
    expect(say(' 转人工 }} %} \n')).toBe('转人工 }} %}');
    expect(say('{%- comment -%}给同事{%- endcomment -%} 转人工')).toBe('转人工');
  });

  it('ends, however often it asks to repeat itself', () => {
    const loop = '{% for a in (1..9000) %}{% for b in (1..9000) %}x{% endfor %}{% endfor %}';
    expect(() => say(loop)).toThrow('limit exceeded');
  });

  it('knows the paths it reads, without the names it binds itself', () => {
    expect(compile('{% for item in goods %}{{ item }}{% endfor %}{{ ticket.id }}').variables).toEqual([
      'goods',
      'ticket.id',
    ]);
  });

  it('cannot reach behind the values', () => {
    expect(() => say('{{ ticket.constructor }}')).toThrow('undefined variable');
  });
});
