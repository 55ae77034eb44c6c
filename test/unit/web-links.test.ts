import { describe, expect, test } from 'vitest';
import { parseMessageLink, toMessageAddress } from '../../src/platforms/web/message-link.ts';

const allowed = ['easel.example'];

describe('a link to a message', () => {
  test.each([
    ['without a host', '/#message-m1'],
    ['of the anchor alone', '#message-m1'],
    ['on this machine', 'http://127.0.0.1:3000/#message-m1'],
    ['by the name of this machine', 'http://localhost:3000/#message-m1'],
    ['on an allowed host', 'https://easel.example/#message-m1'],
    ['from a page with a draft', 'https://easel.example/?text=a%20fox#message-m1'],
    ['with blanks around it', '  /#message-m1\n'],
    ['as links between messages have it', '/web/messages/m1'],
    ['that is made here', toMessageAddress('m1')],
  ])('%s is read', (_, link) => {
    expect(parseMessageLink(link, allowed)).toBe('m1');
  });

  test.each([
    ['of another host', 'https://example.com/#message-m1'],
    ['of a host that only looks alike', 'https://easel.example.com/#message-m1'],
    ['of Discord', 'https://discord.com/channels/1/2/3'],
    ['of no web page', 'javascript:alert(1)#message-m1'],
    ['to another page here', '/web/history#message-m1'],
    ['to a file here', '/web/files/m1'],
    ['to anything deeper', '/web/messages/m1/more'],
    ['that is mere words', 'the one with the fox'],
    ['that is empty', ''],
  ])('%s is none', (_, link) => {
    expect(parseMessageLink(link, allowed)).toBeUndefined();
  });
});
