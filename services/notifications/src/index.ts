import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { access } from './access.js';
import { NotificationsModule } from './notifications.module.js';

/** Bells, e-mails and live news. */
export const notifications = defineService({
  name: 'notifications',
  access,
  module: (config) => NotificationsModule.forService(config),
  start: (app) => connectBus(app),
});
