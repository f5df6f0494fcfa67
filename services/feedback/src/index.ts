import { connectBus } from '@medflow/messaging';
import { defineService } from '@medflow/service-kit';
import { access } from './access.js';
import { messages } from './adapters/http/messages.js';
import { FeedbackModule } from './feedback.module.js';

/** Reviews of completed consultations, their answers, and what they add up to. */
export const feedback = defineService({
  name: 'feedback',
  access,
  module: (config) => FeedbackModule.forService(config),
  messages,
  start: (app) => connectBus(app),
});

export { type RatedVisit, writeDemoReviews } from './adapters/demo-history.js';
