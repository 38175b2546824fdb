import { describe, expect, it } from 'vitest';
import { isEmergency } from '../../src/understanding/emergency.ts';
import { moodOf } from '../../src/understanding/mood.ts';

describe('moodOf', () => {
  it.each([
    ['你好', 'calm'],
    ['查一下12345678到哪了', 'calm'],
    ['怎么投诉', 'calm'],
    ['加急多少钱', 'calm'],
    ['不着急,慢慢来', 'calm'],
    ['你们服务真好,点个赞', 'calm'],
    ['垃圾袋能寄吗', 'calm'],
    ['送货上门', 'calm'],
    ['报警器能发吗', 'calm'],
    ['送到法院旁边', 'calm'],
    ['where is my parcel', 'calm'],
    ['我的12345678单号的货款为什么半个月了还没有收到', 'annoyed'],
    ['催一下', 'annoyed'],
    ['我要投诉', 'annoyed'],
    ['等了好几天了 怎么还没到 太慢了吧', 'annoyed'],
    ['你们可真快啊 半个月了还在路上', 'annoyed'],
    ['服务真好 打了八遍电话没人接', 'annoyed'],
    ['呵呵', 'annoyed'],
    ['蜗牛都比你们快', 'annoyed'],
    ['什么破公司', 'angry'],
    ['骗子!', 'angry'],
    ['投诉你们', 'angry'],
    ['到底怎么回事???', 'angry'],
    ['等了三天了,怎么还没到,没人管,太慢了', 'angry'],
    ['this is ridiculous', 'angry'],
    ['我打12315', 'threatening'],
    ['再不处理我就找律师', 'threatening'],
    ['我要上门找你们理论', 'threatening'],
    ['发抖音曝光你们', 'threatening'],
    ['I will sue you', 'threatening'],
  ])('%s sounds %s', (text, mood) => expect(moodOf(text)).toBe(mood));
});

describe('isEmergency', () => {
  it.each([
    '仓库着火了',
    '火警',
    '电池冒烟了',
    '水浸了',
    '仓库漏水进水了',
    '有人受伤',
    '砸到人了',
    '师傅晕倒了',
    '救命',
    '化学品泄漏',
    '我们网点被水淹了',
    'the warehouse is on fire',
    'someone is injured',
  ])('%s is one', (text) => expect(isEmergency(text)).toBe(true));

  it.each([
    '火锅底料能寄吗',
    '我着急上火',
    '灭火器能寄吗',
    '水杯',
    '没有着火',
    '没人受伤',
    '如果着火了怎么赔',
    '货进水了怎么赔',
    '信息泄露',
    '火灾报警器能寄吗',
    '嗓子冒烟',
    '电池会不会爆炸',
    'fire extinguisher',
  ])('%s is none', (text) => expect(isEmergency(text)).toBe(false));
});
