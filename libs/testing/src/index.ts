export * from './fake-identity.js';
export * from './mongo-proxy.js';
export * from './service-harness.js';
