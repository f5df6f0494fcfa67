export { type HttpFaults, type WebhookFaults, webhookFaultsOf } from './faults.js';
export { startTestProvider, type TestProvider, type TestProviderOptions } from './start.js';
export { MemoryStore, MongoStore, type Row, type Store } from './store.js';
export { signatureOf } from './webhooks.js';
