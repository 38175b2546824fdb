import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escape, pieces, plainText } from '../../../src/channels/slack/mrkdwn.ts';
import { postsOf } from '../../../src/channels/slack/blocks.ts';

it.each([
  ['<@U0BOT> 查一下12345678', '查一下12345678'],
  ['<@U0ALICE|王女士> 和 <@U0BOB>', '@王女士 和 @成员'],
  ['<#C1|freight> <#C2>', '#freight #频道'],
  ['<!channel> <!here|here> <!subteam^S1|@tracing> <!subteam^S2>', '@channel @here @tracing @群组'],
  ['<!date^1392734382^{date}|2月18日>', '2月18日'],
  ['<https://example.com/a?b=1&amp;c=2>', 'https://example.com/a?b=1&c=2'],
  ['<http://example.com|example.com>', 'http://example.com'],
  ['<https://evil.example|www.bank.com>', 'www.bank.com (https://evil.example)'],
  ['<mailto:a@b.cn|a@b.cn> <tel:4001234567|4001234567>', 'a@b.cn 4001234567'],
  ['3 &lt; 5 &amp;amp; 6 &gt; 2', '3 < 5 &amp; 6 > 2'],
  ['*12345678* _急_ ~不要~ `T-1024`', '12345678 急 不要 T-1024'],
  ['30*40*50 a_b_c', '30*40*50 a_b_c'],
  ['&lt;@U0BOT&gt; <未完', '<@U0BOT> <未完'],
])('reads %s as plain text', (markup, plain) => {
  expect(plainText(markup, 'U0BOT')).toBe(plain);
});

it.each([
  '<!channel>',
  '<!here>',
  '<!everyone>',
  '<@U0ALICE>',
  '<#C1>',
  '<!subteam^S1>',
  '<https://evil.example|www.bank.com>',
  '@channel',
  '@HERE',
  '\u202egnp.exe',
])('lets %s in no text of ours ping, disguise a link or reverse', (trick) => {
  const posts = postsOf({
    from: { role: 'agent', name: trick, id: '1001' },
    text: `好的${trick}`,
    suggestions: [trick],
    attachments: [],
  });
  // A button's value is shown to nobody.
  const shown = JSON.stringify(posts, (key, value: unknown) => (key === 'value' ? '' : value));
  expect(shown).not.toMatch(/<[^>]*>|@(?:channel|here|everyone)\b|\u202e/i);
  expect(posts[0]).toMatchObject({ mrkdwn: false, parse: 'none', link_names: false, unfurl_links: false });
  // Nothing is lost to whoever reads it: the words are there, as words.
  expect(plainText(posts[0]!.text, null)).toContain(trick.replace(/^@/, '＠').replace('\u202e', ''));
});

it('never lets any text of ours become markup', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '!', '@', '|', '&', 'a', ';', 'lt', 'channel', '运') }),
      (text) => {
        expect(escape(text)).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|@(?:channel|here|everyone)/i);
      },
    ),
  );
});

it('cuts long words into pieces that fit when escaped, and loses none', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '单', '😀', '\n', 'a '), maxLength: 200 }),
      fc.integer({ min: 8, max: 40 }),
      (text, limit) => {
        const cut = pieces(text, limit);
        for (const piece of cut) {
          expect(escape(piece).length).toBeLessThanOrEqual(limit);
          expect(piece.isWellFormed()).toBe(true);
        }
        expect(cut.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      },
    ),
  );
});
