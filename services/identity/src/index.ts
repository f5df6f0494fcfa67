import cookie from '@fastify/cookie';
import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { access } from './access.js';
import { messages } from './adapters/http/messages.js';
import { IdentityModule } from './identity.module.js';

/** Accounts, passwords, sessions and the keys that sign access tokens. */
export const identity = defineService({
  name: 'identity',
  access,
  module: (config) => IdentityModule.forService(config),
  messages,
  prepare: async (app) => {
    await app.register(cookie as never);
  },
  start: (app) => connectBus(app),
});
