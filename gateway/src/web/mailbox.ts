import replyFrom from '@fastify/reply-from';
import type { ServiceConfig } from '@medflow/service-kit';
import type { FastifyInstance } from 'fastify';

/** Embedded mode sends no e-mail: this page shows what would have been sent. It exists nowhere else. */
export async function serveMailbox(fastify: FastifyInstance, config: ServiceConfig): Promise<void> {
  await fastify.register(async (scope) => {
    await scope.register(replyFrom, { undici: { connections: 2 } });
    for (const url of ['/mailbox', '/mailbox/*']) {
      scope.get(url, (request, reply) => reply.from(`${config.upstreams.notifications}${request.url}`));
    }
  });
}
