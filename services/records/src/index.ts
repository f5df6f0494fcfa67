import { connectBus } from '@medflow/messaging';
import { defineService, STREAMED_REQUEST_TIMEOUT_MS } from '@medflow/service-kit';
import { access } from './access.js';
import { readFhir } from './adapters/http/fhir-body.js';
import { messages } from './adapters/http/messages.js';
import { takeForms } from './adapters/http/multipart.js';
import { takeCertificates } from './adapters/http/signing-certificate.controller.js';
import { RecordsModule } from './records.module.js';

/** The medical record of each patient: the only place with medical data. */
export const records = defineService({
  name: 'records',
  access,
  module: (config) => RecordsModule.forService(config),
  messages,
  prepare: (app) => {
    takeForms(app);
    takeCertificates(app);
    readFhir(app);
  },
  server: () => ({ requestTimeout: STREAMED_REQUEST_TIMEOUT_MS }),
  start: (app) => connectBus(app),
});
