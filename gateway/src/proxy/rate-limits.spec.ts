import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from '@jest/globals';
import { quotaOf } from './rate-limits.js';

const keyOf = (ip: string, method = 'GET', url = '/api/v1/doctors') =>
  quotaOf({ ip, method, url } as FastifyRequest).key;

describe('quotas of addresses', () => {
  it.each([
    ['GET', '/api/v1/doctors'],
    ['POST', '/api/v1/auth/register'],
    ['POST', '/api/v1/payments/webhook'],
  ])('count all addresses of an IPv6 network as one: %s %s', (method, url) => {
    expect(keyOf('2001:db8:1:2::1', method, url)).toBe(keyOf('2001:db8:1:2:ffff::9', method, url));
    expect(keyOf('2001:db8:1:2::1', method, url)).not.toBe(keyOf('2001:db8:1:3::1', method, url));
    expect(keyOf('::ffff:198.51.100.7', method, url)).toBe(keyOf('198.51.100.7', method, url));
    expect(keyOf('198.51.100.8', method, url)).not.toBe(keyOf('198.51.100.7', method, url));
  });
});

it('photos have a quota of their own, smaller than that of other writes', () => {
  const of = (method: string, path: string) =>
    quotaOf({ ip: '198.51.100.7', method, url: `/api/v1${path}`, account: { id: 'p1' } } as never);
  expect(of('PUT', '/patients/me/photo')).toEqual(of('PUT', '/doctors/me/photo?again'));
  expect(of('PUT', '/patients/me/photo').key).not.toBe(of('PUT', '/patients/me').key);
  expect(of('PUT', '/patients/me/photo').max).toBeLessThan(of('PUT', '/patients/me').max);
});

it('slots are kept for strangers of one address at a quota of their own, whoever’s the slots are', () => {
  const of = (doctor: string, account?: { id: string }) =>
    quotaOf({
      ip: '198.51.100.7',
      method: 'POST',
      url: `/api/v1/doctors/${doctor}/slot-reservations`,
      account,
    } as never);
  expect(of('d1')).toEqual(of('d2'));
  expect(of('d1').key).not.toBe(keyOf('198.51.100.7', 'POST', '/api/v1/auth/login'));
  expect(of('d1').key).not.toBe(of('d1', { id: 'p1' }).key);
});
