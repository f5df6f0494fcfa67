import { connectBus } from '@medflow/messaging';
import { defineService, readFiles } from '@medflow/service-kit';
import { access } from './access.js';
import { messages } from './adapters/http/messages.js';
import { ProfilesModule } from './profiles.module.js';

/** Patient and doctor profiles, licence verification, the public directory. */
export const profiles = defineService({
  name: 'profiles',
  access,
  module: (config) => ProfilesModule.forService(config),
  messages,
  prepare: readFiles,
  start: (app) => connectBus(app),
});
