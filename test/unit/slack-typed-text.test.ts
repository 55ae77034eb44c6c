import { expect, test } from 'vitest';
import { decodeText, mentions } from '../../src/platforms/slack/typed-text.ts';

test.each([
  ['<@UBOT> imagine a fox', 'imagine a fox'],
  ['hey <@UBOT|easel>, a fox', 'hey  , a fox'],
  ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
  ['see <https://x.example/a?b=1&amp;c=2>', 'see https://x.example/a?b=1&c=2'],
  ['see <http://x.example|x.example>', 'see x.example'],
  ['with <@U2|bob> and <@U3> in <#C1|general> and <#C2|>', 'with @bob and @U3 in #general and #C2'],
  ['<!channel> <!here|@here> <!subteam^S1|@team> <!subteam^S2>', '@channel @here @team @subteam'],
])('%j is read as it was typed', (wire, typed) => {
  expect(decodeText(wire, 'UBOT')).toBe(typed);
});

test.each([
  ['<@UBOT>', true],
  ['a <@UBOT|easel> b', true],
  ['<@UBOTTOM>', false],
  ['@UBOT', false],
])('%j mentions the bot: %s', (text, isMention) => {
  expect(mentions(text, 'UBOT')).toBe(isMention);
});
