/** Addresses of files that must never be fetched. */

/** `trap` is a host on this machine that no list of file hosts names. */
export function badAddresses(trap: string): readonly string[] {
  return [
    `http://${trap}/x.png`,
    `http://localhost:${trap.split(':')[1]}/x.png`,
    `http://0x7f000001:${trap.split(':')[1]}/x.png`,
    `http://[::ffff:127.0.0.1]:${trap.split(':')[1]}/x.png`,
    `https://cdn.discordapp.com@${trap}/x.png`,
    'https://169.254.169.254/latest/meta-data',
    'http://169.254.169.254/latest/meta-data',
    'https://[::1]/x.png',
    'https://10.0.0.1/x.png',
    'https://evil.example/x.png',
    'https://cdn.discordapp.com.evil.example/x.png',
    'https://evil.example/cdn.discordapp.com/x.png',
    'file:///etc/passwd',
    'ftp://example.com/x.png',
    'gopher://example.com/',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
    'data:,',
    '//evil.example/x.png',
    '/etc/passwd',
    'not an address',
    '',
    `https://${'x'.repeat(3000)}.example/`,
  ];
}

/** From a host that may be asked to one that may not; `lure` redirects, `trap` must stay unasked. */
export function badRedirects(lure: string, trap: string): readonly string[] {
  const targets = [
    `http://${trap}/x.png`,
    `//${trap}/x.png`,
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'https://evil.example/x.png',
  ];
  return [
    ...targets.map((target) => `http://${lure}/to/${encodeURIComponent(target)}`),
    `http://${lure}/loop`,
  ];
}
