import { expect, test } from 'vitest';
import { readAddress } from '../../src/models/request/read-address.ts';

test.each([
  'https://example.com/a.png',
  'https://v3.fal.media/files/a/b.png?x=1#y',
  'https://8.8.8.8/a.png',
  'https://xn--bcher-kva.example/a.png',
  'data:image/png;base64,AAAA',
])('%s is anybody’s to fetch', (address) => {
  expect(readAddress(address)).toBe(address);
});

test.each([
  'http://example.com/a.png',
  'ftp://example.com/a.png',
  'file:///etc/passwd',
  'https://localhost/a.png',
  'https://printer.local/a.png',
  'https://metadata.google.internal/',
  'https://intranet/a.png',
  'https://127.0.0.1/a.png',
  'https://2130706433/a.png',
  'https://0x7f.1/a.png',
  'https://169.254.169.254/latest',
  'https://10.0.0.1/a.png',
  'https://192.168.1.1/a.png',
  'https://[::1]/a.png',
  'https://[fd00::1]/a.png',
  'https://[::ffff:10.0.0.1]/a.png',
  'https://user:secret@example.com/a.png',
  'https://example.com/a b.png',
  'example.com/a.png',
  'https://',
  '',
])('%s is not', (address) => {
  expect(readAddress(address)).toBeUndefined();
});
