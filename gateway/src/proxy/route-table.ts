export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';

/** One public operation and who serves it. */
export interface Route {
  method: Method;
  /** As Fastify writes it, without the base path: `/doctors/:id/slots`. */
  path: string;
  service: string;
  /** Refused here already without a valid access token. */
  signedIn: boolean;
  /** Of its body, where it takes larger ones than others. */
  maxBodyBytes?: number;
  /** Its body goes through as it comes, and is never whole in memory. */
  streamed?: true;
  /** Pages of any origin may call it: it answers to whoever knows its address, and takes no account. */
  anyOrigin?: boolean;
}

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

/** What the gateway lets through: the operations of the public document and nothing else. */
export function routesOf(document: Document): Route[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, value]) => {
      const operation = value as {
        'x-medflow-service': string;
        'x-medflow-access'?: string[];
        'x-medflow-max-body-bytes'?: number;
        'x-medflow-streamed-body'?: boolean;
        'x-medflow-any-origin'?: boolean;
      };
      const maxBodyBytes = operation['x-medflow-max-body-bytes'];
      return {
        method: method.toUpperCase() as Method,
        path: path.replace(/\{(\w+)\}/g, ':$1'),
        service: operation['x-medflow-service'],
        signedIn: !operation['x-medflow-access']?.includes('anyone'),
        ...(maxBodyBytes !== undefined && { maxBodyBytes }),
        ...(operation['x-medflow-streamed-body'] && { streamed: true as const }),
        ...(operation['x-medflow-any-origin'] && { anyOrigin: true }),
      };
    }),
  );
}
