export * from './fake-identity.js';
export * from './service-harness.js';
