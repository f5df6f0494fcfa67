import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { networkOf } from './network.js';

describe('the network of a caller', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:c633:6407', '198.51.100.7'],
    ['0:0:0:0:0:FFFF:C633:6407', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['::1', '::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['not an address', 'not an address'],
    ['', ''],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  const groups = (count: number) =>
    fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: count, maxLength: count });
  const written = (parts: number[]) => parts.map((part) => part.toString(16)).join(':');

  it('is one for all addresses of a /64, and another for the next /64', () => {
    fc.assert(
      fc.property(groups(4), groups(4), groups(4), (prefix, one, other) => {
        // All of ::/64 is reserved: IPv4 lives in it.
        fc.pre(prefix.some((part) => part !== 0));
        const network = networkOf(written([...prefix, ...one]));
        expect(networkOf(written([...prefix, ...other]))).toBe(network);
        expect(networkOf(written([...prefix.slice(0, 3), prefix[3]! ^ 1, ...one]))).not.toBe(network);
      }),
    );
  });

  it('keeps IPv4 addresses apart', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
        fc.pre(one !== other);
        expect(networkOf(one)).not.toBe(networkOf(other));
        expect(networkOf(`::ffff:${one}`)).toBe(networkOf(one));
      }),
    );
  });
});
