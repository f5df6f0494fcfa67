import { describe, expect, it } from 'vitest';
import { measureDownload, portsOf, speedOf } from './bandwidth';

describe('the network’s speed', () => {
  it('is measured over the page’s own files, past every cache', async () => {
    const asked: unknown[] = [];
    let now = 0;
    const get = (file: unknown, options: unknown) => {
      asked.push([file, options]);
      now += 100;
      return Promise.resolve(new Response(new Uint8Array(125_000)));
    };
    expect(await measureDownload(['/a.js', '/b.js'], { fetch: get as never, now: () => now })).toBe(10_000);
    expect(asked).toEqual([
      ['/a.js', { cache: 'no-store' }],
      ['/b.js', { cache: 'no-store' }],
    ]);
  });

  it('stops once it has taken long enough', async () => {
    let now = 0;
    let asked = 0;
    const get = () => {
      asked += 1;
      now += 2_000;
      return Promise.resolve(new Response(new Uint8Array(10_000)));
    };
    expect(await measureDownload(['/a.js', '/b.js'], { fetch: get as never, now: () => now })).toBe(40);
    expect(asked).toBe(1);
  });

  it('is unknown where there is nothing to measure with', async () => {
    expect(await measureDownload([], { now: () => 0 })).toBeUndefined();
  });

  it.each([
    [5_000, 'good'],
    [600, 'fair'],
    [90, 'poor'],
  ] as const)('of %i kbit/s is %s', (kbps, speed) => expect(speedOf(kbps)).toBe(speed));
});

it('names the ports of the relays, standard ones where none is given', () => {
  const servers = [
    { urls: 'stun:a.example:19302' },
    { urls: ['turn:a.example:3480?transport=udp', 'turn:a.example:3480?transport=tcp', 'turns:a.example'] },
    { urls: 'turn:[2001:db8::1]:443' },
  ];
  expect(portsOf(servers)).toBe('3480, 5349, 443');
});
