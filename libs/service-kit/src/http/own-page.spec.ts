import { describe, expect, it } from '@jest/globals';
import { isOwnPage, type Sender } from './own-page.js';

const sent = (over: Partial<Sender>): Sender => ({
  origin: undefined,
  fetchSite: undefined,
  host: 'localhost:3000',
  protocol: 'http',
  ...over,
});
const PUBLIC_URL = 'https://clinic.example';

describe('a request with cookies', () => {
  it.each<[string, Partial<Sender>]>([
    ['the public address', { origin: 'https://clinic.example' }],
    ['the public address, behind a proxy that names another host', { origin: PUBLIC_URL, host: 'gateway:3000' }],
    ['the public address with its default port', { origin: 'https://clinic.example:443' }],
    ['localhost', { origin: 'http://localhost:3000' }],
    ['loopback', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }],
    ['IPv6 loopback', { origin: 'http://[::1]:3000', host: '[::1]:3000' }],
    ['an address of the local network', { origin: 'http://192.168.1.20:3000', host: '192.168.1.20:3000' }],
    ['the host behind a proxy that ends TLS', { origin: 'https://med.local', host: 'med.local', protocol: 'https' }],
    ['the host behind a proxy that ends TLS and does not say so', { origin: 'https://med.local', host: 'med.local' }],
    ['the host with its default port', { origin: 'https://med.local', host: 'med.local:443', protocol: 'https' }],
    ['the host in capitals', { origin: 'http://localhost:3000', host: 'LOCALHOST:3000' }],
    ['a browser that keeps its origin to itself', { fetchSite: 'same-origin' }],
    ['the address bar', { fetchSite: 'none' }],
    ['a program that is no browser', {}],
  ])('is taken from %s', (_, over) => {
    expect(isOwnPage(sent(over), PUBLIC_URL)).toBe(true);
  });

  it.each<[string, Partial<Sender>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another site that says it is the same', { origin: 'https://evil.example', fetchSite: 'same-origin' }],
    ['a sandbox', { origin: 'null' }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['another scheme of the public address', { origin: 'http://clinic.example' }],
    ['http, where the request came by https', { origin: 'http://med.local', host: 'med.local', protocol: 'https' }],
    ['a subdomain', { origin: 'https://evil.clinic.example' }],
    ['a name that begins like ours', { origin: 'https://clinic.example.evil.example' }],
    ['a name in front of ours', { origin: 'https://clinic.example@evil.example' }],
    ['two origins', { origin: 'http://localhost:3000, https://evil.example' }],
    ['an origin with a path', { origin: 'http://localhost:3000/x' }],
    ['an extension', { origin: 'chrome-extension://abcdef' }],
    ['nothing in words', { origin: '' }],
    ['another site whose browser keeps its origin to itself', { fetchSite: 'cross-site' }],
    ['another subdomain whose browser keeps its origin to itself', { fetchSite: 'same-site' }],
    ['nowhere, to no host', { origin: 'http://', host: '' }],
  ])('is refused from %s', (_, over) => {
    expect(isOwnPage(sent(over), PUBLIC_URL)).toBe(false);
  });

  it('is taken from its own host where the public address is unknown or unreadable', () => {
    for (const publicUrl of [undefined, '', 'clinic.example']) {
      expect(isOwnPage(sent({ origin: 'http://localhost:3000' }), publicUrl)).toBe(true);
      expect(isOwnPage(sent({ origin: 'https://clinic.example' }), publicUrl)).toBe(false);
    }
  });
});
