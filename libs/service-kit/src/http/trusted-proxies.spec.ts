import { fastify } from 'fastify';
import { trustedProxies } from './trusted-proxies.js';

/** Where Fastify thinks that a request comes from. */
async function seen(setting: string | undefined, peer: string, headers: Record<string, string>) {
  const server = fastify({ trustProxy: trustedProxies(setting) as never });
  server.get('/', (request) => ({ ip: request.ip, protocol: request.protocol, host: request.host }));
  const { body } = await server.inject({ url: '/', remoteAddress: peer, headers: { host: 'inside:3000', ...headers } });
  await server.close();
  return JSON.parse(body) as { ip: string; protocol: string; host: string };
}

const forwarded = {
  'x-forwarded-for': '198.51.100.1, 203.0.113.7, 10.0.0.2',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'clinic.example',
};

describe('the word of proxies', () => {
  it.each([
    [undefined, '10.0.0.1', 'http'],
    ['', '10.0.0.1', 'http'],
    ['0', '10.0.0.1', 'http'],
    ['1', '10.0.0.2', 'https'],
    ['2', '203.0.113.7', 'https'],
    ['10.0.0.1', '10.0.0.2', 'https'],
    ['10.0.0.0/8', '203.0.113.7', 'https'],
    ['10.0.0.1, 10.0.0.2', '203.0.113.7', 'https'],
    ['uniquelocal', '203.0.113.7', 'https'],
    ['loopback', '10.0.0.1', 'http'],
    ['192.0.2.1', '10.0.0.1', 'http'],
  ])('counts as far as MEDFLOW_TRUST_PROXY=%s says', async (setting, ip, protocol) => {
    expect(await seen(setting, '10.0.0.1', forwarded)).toEqual({
      ip,
      protocol,
      host: protocol === 'https' ? 'clinic.example' : 'inside:3000',
    });
  });

  it('does not let a caller who adds addresses choose one', async () => {
    // nginx appends the address that it sees to what the caller sent.
    const lied = { 'x-forwarded-for': '1.2.3.4, 5.6.7.8, 203.0.113.7' };
    expect((await seen('1', '10.0.0.1', lied)).ip).toBe('203.0.113.7');
    const through = { 'x-forwarded-for': '1.2.3.4, 203.0.113.7, 10.0.0.2' };
    expect((await seen('2', '10.0.0.1', through)).ip).toBe('203.0.113.7');
  });

  it.each([
    'true',
    '-1',
    '17',
    '1.5',
    'nginx',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '10.0.0.1/8/8',
    '1, 2',
    '10.0.0.256',
    '::/129',
  ])('is refused with the remedy: %s', (setting) => {
    expect(() => trustedProxies(setting)).toThrow(/MEDFLOW_TRUST_PROXY cannot be used .*number of proxies/);
  });
});
