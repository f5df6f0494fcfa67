import type { FastifyRequest } from 'fastify';

/** Where a request goes behind the gateway. */
export interface UpstreamTarget {
  path: string;
  /** Without the question mark. */
  query: string;
}

/** No id is longer. */
const MAX_PARAMETER = 512;

/**
 * Builds the target at the service anew from the route that matched: the route's own words, and its parameters encoded,
 * so that nothing that a caller writes is more than the value of a parameter.
 * @param template as Fastify writes it: `/doctors/:id/slots`
 * @returns gives null where a parameter is empty, longer than any id, or would be taken for a step up
 */
export function upstreamTargetOf(template: string): (request: FastifyRequest) => UpstreamTarget | null {
  const parts = template.split(/:(\w+)/);
  return ({ params, url }) => {
    let path = parts[0]!;
    for (let at = 1; at < parts.length; at += 2) {
      const value = (params as Record<string, string>)[parts[at]!] ?? '';
      if (/^\.{0,2}$/.test(value) || value.length > MAX_PARAMETER) return null;
      path += encodeURIComponent(value) + parts[at + 1]!;
    }
    const end = url.indexOf('?');
    return { path, query: end < 0 ? '' : new URLSearchParams(url.slice(end + 1)).toString() };
  };
}
