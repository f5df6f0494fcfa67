export * from './fake-identity.js';
export { heldFacts } from './held-facts.js';
export * from './hostile-calls.js';
export * from './hostile.js';
export * from './nginx.js';
export * from './raw-http.js';
export * from './mongo-proxy.js';
export * from './service-harness.js';
export { takesAnything } from './takes-anything.js';
