import cookie from '@fastify/cookie';
import { connectBus } from '@medflow/messaging';
import { createApplication, defineService, type ServiceConfig } from '@medflow/service-kit';
import { messages } from './adapters/http/messages.js';
import { RotateSigningKeyHandler } from './application/rotate-signing-key.js';
import { IdentityModule } from './identity.module.js';

/** Accounts, passwords, sessions and the keys that sign access tokens. */
export const identity = defineService({
  name: 'identity',
  module: (config) => IdentityModule.forService(config),
  messages,
  prepare: async (app) => {
    await app.register(cookie as never);
  },
  start: (app) => connectBus(app),
});

/**
 * For operators, beside running replicas: every replica signs with a new key within a minute, and nobody is signed out.
 * @returns the new key's id @throws RotatedRecently
 */
export async function rotateSigningKey(config: ServiceConfig): Promise<string> {
  const app = await createApplication(identity.options, config);
  try {
    await app.init();
    return await app.get(RotateSigningKeyHandler, { strict: false }).execute();
  } finally {
    await app.close();
  }
}
