export * from './access.js';
export * from './errors.js';
export * from './policy.js';
export * from './subject.js';
