export { type HttpFaults, startTestProvider, type TestProvider, type TestProviderOptions } from './start.js';
export { MemoryStore, MongoStore, type Store } from './store.js';
export { signatureOf, type WebhookFaults } from './webhooks.js';
