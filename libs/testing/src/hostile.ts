import fc from 'fast-check';

/** Ports of servers at 127.0.0.1 that request targets are made to lead to. */
export interface Aims {
  /** Of the server that is asked. */
  port: number;
  /** Of one that nothing may ever reach. */
  decoyPort: number;
}

/** Request targets by hand: what has led proxies astray elsewhere, and what the table of routes lacks. */
export function targetCorpus({ port, decoyPort }: Aims): string[] {
  const decoy = `127.0.0.1:${decoyPort}`;
  const climbs = ['..', '%2e%2e', '%2E.', '.%2e', '%252e%252e', '..;', '%c0%ae%c0%ae', '%u002e%u002e', '\u00b7\u00b7'];
  const slashes = ['/', '\\', '%2f', '%5c', '%252f', '%255c', '%c0%af', '%ef%bc%8f', '//', '/./', '/;/'];
  const places = ['metrics', 'readyz', 'healthz', 'internal/contacts/1', 'mailbox/api', 'x'];
  const climbing = climbs.flatMap((up) =>
    slashes.flatMap((slash) =>
      places.flatMap((place) => [
        `/api/v1/doctors/${slash}${up}${slash}${up}${slash}${place}`,
        `/api/v1/doctors/${up}${slash}${place}`,
        `/test-provider/v1/payment_intents/${up}${slash}${up}${slash}${place}`,
        `/mailbox/${up}${slash}${place}`,
      ]),
    ),
  );
  const authorities = [
    `http://@${decoy}/api/v1/doctors`,
    `http://@${decoy}/api/v1/doctors/\\..\\..\\x`,
    `http://${decoy}/api/v1/doctors`,
    `http://127.0.0.1:${port}@${decoy}/api/v1/doctors`,
    `http://user:secret@127.0.0.1:${port}/api/v1/doctors`,
    `http:\\\\${decoy}/api/v1/doctors`,
    `http:///${decoy}/api/v1/doctors`,
    `http:/${decoy}/api/v1/doctors`,
    `http:${decoy}/api/v1/doctors`,
    `https://${decoy}`,
    `ftp://@${decoy}/api/v1/doctors`,
    `ws://${decoy}/realtime/`,
    `//${decoy}/api/v1/doctors`,
    `/\\${decoy}/api/v1/doctors`,
    `\\\\${decoy}\\api\\v1\\doctors`,
    `@${decoy}/api/v1/doctors`,
    `/api/v1@${decoy}/doctors`,
    `/api/v1/doctors/@${decoy}`,
    `/api/v1/../../@${decoy}/`,
    `127.0.0.1:${decoyPort}`,
    `http://127.0.0.1:${port}#@${decoy}/`,
    `http://127.0.0.1:${port}%2f@${decoy}/`,
    `http://127.0.0.1:${port}?@${decoy}/api/v1/doctors`,
    `http://[::ffff:127.0.0.1]:${decoyPort}/api/v1/doctors`,
    `http://0x7f000001:${decoyPort}/api/v1/doctors`,
    `http://2130706433:${decoyPort}/api/v1/doctors`,
    `/api/v1/doctors?url=http://${decoy}/`,
  ];
  const injected = ['%0d%0a', '\r\n', '\n', '\r', '\t', '\0', '%00', '%0a', '%E5%98%8A%E5%98%8D'].flatMap((line) => [
    `/api/v1/doctors/${line}x-medflow-internal:%20secret`,
    `/api/v1/doctors/x${line}HTTP/1.1`,
    `/api/v1/doctors?q=${line}x`,
  ]);
  return [
    ...climbing,
    ...authorities,
    ...injected,
    ...places.flatMap((place) => [
      `/${place}`,
      `/api/v1/${place}`,
      `/API/V1/${place}`,
      `/api/v1//${place}`,
      `//${place}`,
    ]),
    ...[
      '*',
      '',
      '.',
      '..',
      '/.',
      '/..',
      '?',
      '/?',
      '#',
      '%',
      '/%',
      '/%zz',
      '/api/v1/doctors/%zz',
      '/api/v1/%',
      '/\u0000',
    ],
    ...['/api/v1/doctors/', '/api/v1/doctors//slots', '/api/v1/doctors/%20/slots', '/api/v1/doctors/;x/slots'],
    `/api/v1/doctors/${'a'.repeat(600)}`,
    `/api/v1/doctors/${'%25'.repeat(2_000)}`,
    `/api/v1/doctors?q=${'a'.repeat(20_000)}`,
    `/${'../'.repeat(2_000)}internal`,
    '/api/v1/doctors/\u00e9\u00e8', // As bytes: no UTF-8.
    '/api/v1/doctors/%ff%fe',
    '/api/v1/doctors/%ed%a0%80',
  ];
}

/** Request targets at random, of the same stuff. */
export function hostileTarget({ port, decoyPort }: Aims): fc.Arbitrary<string> {
  const decoy = `127.0.0.1:${decoyPort}`;
  const beginning = fc.constantFrom(
    ...['/api/v1', '/api/v1/doctors/', '/api/v1/appointments/', '/test-provider/v1/payment_intents/', '/mailbox', '/'],
    ...[`http://127.0.0.1:${port}`, `http://@${decoy}`, `http://${decoy}`, `//${decoy}`, `\\\\${decoy}`, 'http://', ''],
    ...[`HTTP://LOCALHOST:${port}`, `https://127.0.0.1:${port}`, '/realtime', '/api/docs/assets/'],
  );
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        '..',
        '.',
        '/',
        '//',
        '\\',
        '%2e',
        '%2E%2e',
        '%2f',
        '%5c',
        '%252e',
        '%252f',
        '%25',
        '%',
        '%zz',
        '%00',
        '%0d%0a',
      ],
      ...[
        '@',
        ':',
        ';',
        ';x=1',
        '?',
        '#',
        '&',
        '=',
        '+',
        '*',
        '~',
        '|',
        '{',
        '}',
        '"',
        '<',
        ' ',
        '\t',
        '\r\n',
        '\n',
        '\0',
      ],
      ...['internal', 'figures', 'metrics', 'readyz', 'healthz', 'doctors', 'me', 'slots', 'api', 'v1', 'mailbox', 'x'],
      ...[decoy, `@${decoy}`, `http://${decoy}/`, 'é', '\u00ff', '%c0%ae', '%ef%bc%8f', '%ed%a0%80', 'a'.repeat(600)],
    ),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  return fc.tuple(beginning, fc.array(piece, { maxLength: 10 })).map(([start, pieces]) => start + pieces.join(''));
}

/** JSON of lists or objects within one another, `depth` of them. */
export const deepJson = (depth: number, kind: 'list' | 'object'): string =>
  kind === 'list' ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Days and instants in years that nobody meets, and some that no calendar has. */
export const outlandishTimes: readonly string[] = [
  ...[
    '0000-01-01',
    '0001-01-01',
    '1582-10-10',
    '1899-12-31',
    '3000-01-01',
    '9999-12-31',
    '+10000-01-01',
    '-000001-01-01',
  ],
  ...['0000-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '1900-01-01T00:30:00+01:00', '2999-12-31T23:30:00-01:00'],
  ...[
    '3000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '+275760-09-13T00:00:00Z',
    '2026-13-01',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
  ],
];

/** The same as keys of cursors, in milliseconds. */
export const outlandishInstants: readonly number[] = [
  ...[
    -8.64e15,
    -62_167_219_200_000,
    -2_208_988_800_001,
    32_503_680_000_000,
    253_402_300_799_999,
    8.64e15,
    8.64e15 + 1,
    1e300,
  ],
];
