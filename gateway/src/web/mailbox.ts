import { fromThisMachine, type ServiceConfig } from '@medflow/service-kit';
import type { FastifyInstance } from 'fastify';
import { forward, forwardingScope, serviceUpstream } from '../proxy/forward.js';
import { refuse } from '../proxy/problems.js';

const pages = ['/mailbox', '/mailbox/mailbox.css', '/mailbox/api'];

/**
 * Embedded mode sends no e-mail: this page shows what would have been sent, to those who sit at this machine. It exists
 * nowhere else, and for nobody else.
 */
export async function serveMailbox(fastify: FastifyInstance, config: ServiceConfig): Promise<void> {
  await forwardingScope(fastify, { connections: 2 }, (scope) => {
    for (const path of pages) {
      scope.get(path, (request, reply) =>
        fromThisMachine(request.raw, config.env.PUBLIC_URL)
          ? forward(request, reply, serviceUpstream(config, 'notifications'), { path, query: '' })
          : refuse(request, reply, 404, 'not-found'),
      );
    }
  });
}
