import { fromThisMachine } from './this-machine.js';

const from = (remoteAddress: string | undefined, headers: Record<string, string> = { host: 'localhost:3000' }) =>
  fromThisMachine({ socket: { remoteAddress }, headers } as never, 'http://clinic.test:3000');

describe('who sits at this machine', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('is told by the socket: %s', (address) => {
    expect(from(address)).toBe(true);
  });

  it.each([undefined, '', '192.0.2.2', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', 'localhost'])(
    'is nobody who comes from %s',
    (address) => {
      expect(from(address)).toBe(false);
    },
  );

  it.each(['x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'via', 'x-real-ip', 'cf-connecting-ip'])(
    'is nobody whom a proxy brings (%s)',
    (name) => {
      expect(from('127.0.0.1', { host: 'localhost', [name]: '127.0.0.1' })).toBe(false);
    },
  );

  it('calls this machine by a name of its own', () => {
    for (const host of ['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000', 'clinic.test:3000'])
      expect([host, from('127.0.0.1', { host })]).toEqual([host, true]);
    for (const host of ['evil.example', 'localhost.evil.example', '', '192.0.2.2:3000', 'clinic.test.evil.example'])
      expect([host, from('127.0.0.1', { host })]).toEqual([host, false]);
    expect(from('127.0.0.1', {})).toBe(false);
  });
});
