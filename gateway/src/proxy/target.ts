import type { IncomingMessage } from 'node:http';

/** What Node gives us of a request that is looked at here. */
export type RawRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'httpVersion'> & {
  socket: { localAddress?: string | undefined; localPort?: number | undefined };
};

/** Where requests are routed whose target cannot be read: it answers 400. */
export const UNREADABLE = '/unreadable-target';

/** Printable ASCII without `#`: all that a request target may be written in (RFC 9112 §3.2), and what browsers leave as it is. */
const WRITTEN = /^[\x21\x22\x24-\x7e]+$/;
/** RFC 9112 §3.2.2, without the user information that no request needs and that hides where it goes. */
const ABSOLUTE = /^(https?):\/\/([a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(\/[^?]*)?(\?.*)?$/i;
const HOST = /^([a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i;
const DOTS = /^\.{1,2}$/;
/** What changes where a path leads once somebody decodes it. */
const MISLEADING = /[/\\\u0000-\u001f\u007f]/;
/** Legal in a segment as they are (RFC 3986 §3.3), though `encodeURIComponent` encodes them. */
const LEGAL_IN_SEGMENT = /%(?:24|26|2B|2C|3A|3B|3D|40)/g;

/** One spelling of a segment, or null where it would lead elsewhere or is no UTF-8. */
function segmentOf(segment: string): string | null {
  if (!segment.includes('%')) return DOTS.test(segment) ? null : segment;
  try {
    const decoded = decodeURIComponent(segment);
    if (DOTS.test(decoded) || MISLEADING.test(decoded)) return null;
    return encodeURIComponent(decoded).replace(LEGAL_IN_SEGMENT, decodeURIComponent);
  } catch {
    return null;
  }
}

function pathOf(path: string): string | null {
  if (!path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return null;
  const segments = path.slice(1).split('/').map(segmentOf);
  return segments.includes(null) ? null : `/${segments.join('/')}`;
}

const portOf = (scheme: string, port: string | undefined): string => port ?? (scheme === 'https' ? '443' : '80');

/** `host:port`, the port told even where the scheme implies it. */
function authorityOf(scheme: string, host: string): string | null {
  const [, name, port] = HOST.exec(host) ?? [];
  return name === undefined ? null : `${name.toLowerCase()}:${portOf(scheme, port)}`;
}

/** Of the only `Host`; null where there are several, or none where one must be (RFC 9112 §3.2). */
function hostOf({ rawHeaders, httpVersion }: RawRequest): string | null {
  const hosts: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]!.toLowerCase() === 'host') hosts.push(rawHeaders[at + 1]!);
  if (hosts.length > 1 || (hosts.length === 0 && httpVersion === '1.1')) return null;
  return hosts[0] ?? '';
}

/** Addresses under which this connection reached us. */
const listeningAt = ({ localAddress = '', localPort }: RawRequest['socket']): string[] => {
  const address = localAddress.replace(/^::ffff:/, '');
  return ['localhost', address.includes(':') ? `[${address}]` : address].map((name) => `${name}:${localPort}`);
};

/**
 * Reads request targets, once, before anything is routed by them.
 * @param publicUrl one more name of ours
 * @returns gives the path and query of a target in origin-form, or in absolute-form where it names us (the request's
 *   Host, `publicUrl`, or where we listen), every segment in its one spelling; null for all others, which are 400
 */
export function targetReader(publicUrl?: string): (request: RawRequest) => string | null {
  const known = URL.canParse(publicUrl ?? '') ? new URL(publicUrl!) : undefined;
  const publicAuthority = known && authorityOf(known.protocol.slice(0, -1), known.host);

  return (request) => {
    const { method, url = '' } = request;
    const host = hostOf(request);
    if (host === null || !WRITTEN.test(url)) return null;
    // About the server as a whole.
    if (url === '*') return method === 'OPTIONS' ? '/' : null;
    if (url.startsWith('/')) {
      const end = url.indexOf('?');
      const path = pathOf(end < 0 ? url : url.slice(0, end));
      return path === null || end < 0 ? path : path + url.slice(end);
    }
    const [, scheme, name, port, path = '/', query = ''] = ABSOLUTE.exec(url) ?? [];
    if (scheme === undefined) return null;
    const authority = `${name!.toLowerCase()}:${portOf(scheme.toLowerCase(), port)}`;
    const ours = [authorityOf(scheme.toLowerCase(), host), publicAuthority, ...listeningAt(request.socket)];
    const normal = pathOf(path);
    return ours.includes(authority) && normal !== null ? normal + query : null;
  };
}
