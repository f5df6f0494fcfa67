import { Forbidden } from '@medflow/access';
import type { FastifyRequest } from 'fastify';

/** What a request says of the page that sent it. */
export interface Sender {
  /** `Origin`: a browser sends it with every POST. */
  origin: string | undefined;
  /** `Sec-Fetch-Site`: a browser that keeps the origin to itself says this. */
  fetchSite: string | undefined;
  /** Host and port that the request was sent to, as the trusted proxies say. */
  host: string;
  /** `https` where the browser came so. */
  protocol: string;
}

const hostOf = (origin: string): { protocol: string; host: string } | undefined => {
  if (!/^https?:\/\/[^/?#@\\]+$/i.test(origin) || !URL.canParse(origin)) return undefined;
  const { protocol, host } = new URL(origin);
  return { protocol, host };
};

/**
 * True for a page of this installation, at its public address or at the one that it was reached by, and for a program that
 * is no browser, which has no cookies of somebody else to abuse. A proxy that ends TLS need not have said so: a page that came
 * by http is another's only where we know that the request came by https.
 */
export function isOwnPage({ origin, fetchSite, host, protocol }: Sender, publicUrl: string | undefined): boolean {
  if (origin === undefined) return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
  const from = hostOf(origin);
  if (!from) return false;
  if (
    publicUrl !== undefined &&
    URL.canParse(publicUrl) &&
    new URL(publicUrl).origin === `${from.protocol}//${from.host}`
  )
    return true;
  if (protocol === 'https' && from.protocol !== 'https:') return false;
  // The default port of the page's own scheme may be named or not.
  const own = hostOf(`${from.protocol}//${host}`);
  return own !== undefined && own.host === from.host;
}

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(',') : header;

/** Cookies are for our own pages: another site's must not make a browser use them. @throws Forbidden */
export function checkOwnPage(request: FastifyRequest, publicUrl: string | undefined): void {
  const { headers, host, protocol } = request;
  const sender = { origin: one(headers.origin), fetchSite: one(headers['sec-fetch-site']), host, protocol };
  if (!isOwnPage(sender, publicUrl)) throw new Forbidden('sent by a page of another site');
}
