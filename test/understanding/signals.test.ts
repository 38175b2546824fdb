import { describe, expect, it } from 'vitest';
import { signalsOf } from '../../src/understanding/signals.ts';

describe('signalsOf', () => {
  it.each([
    ['是的', 'yes'],
    ['嗯嗯好的', 'yes'],
    ['好的谢谢', 'yes'],
    ['没错', 'yes'],
    ['没问题', 'yes'],
    ['OK, thanks', 'yes'],
    ['好的,那再查一下12345678', 'yes'],
    ['不是', 'no'],
    ['不对', 'no'],
    ['no', 'no'],
    ['没有', 'no,skip'],
    ['不知道', 'skip'],
    ["I don't know", 'skip'],
    ['算了,不查了', 'cancel'],
    ['不用了谢谢', 'no,cancel'],
    ['never mind', 'cancel'],
    ['再说一遍', 'repeat'],
    ['没看清', 'repeat'],
    ['不是这个单号,是87654321', 'correction'],
    ['错了,应该是12345678', 'correction'],
    ['我说错了', 'correction'],
    ['改成12345679', 'correction'],
    ['知道了', 'noted'],
    ['好的收到', 'yes,noted'],
    ['sorry I meant 87654321', 'correction'],
  ])('%s means %s', (text, expected) => expect(signalsOf(text).join(',')).toBe(expected));

  it.each([
    '可以吗',
    '是吗',
    '对不起',
    '有没有网点',
    '没有收到货',
    '是不是丢了',
    '对方拒收',
    '好像丢了',
    '取消提货怎么弄',
    '行李能寄吗',
    '成都',
    '你们发错了货',
    '',
  ])('%s is no small word', (text) => expect(signalsOf(text)).toEqual([]));

  it('reads a long run of soft words once', () => expect(signalsOf('嗯'.repeat(5000) + '货')).toEqual([]));
});
