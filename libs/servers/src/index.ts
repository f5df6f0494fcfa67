export { type Broker, type BrokerOptions, findBroker } from './broker.js';
export { type Database, type DatabaseOptions, findDatabase, installDatabase } from './database.js';
export { keptSecret } from './kept-secret.js';
export { endLeftover, findProgram, freePort, type Server, startServer, untilReady } from './processes.js';
export { findRelay, type Relay, type RelayOptions } from './relay.js';
export { StartupError } from './startup-error.js';
