export { type Broker, type BrokerOptions, findBroker } from './broker.js';
export { type Database, type DatabaseOptions, findDatabase, SECANTUS_VERSION } from './database.js';
export { endLeftover, findProgram, freePort, type Server, startServer, untilReady } from './processes.js';
export { StartupError } from './startup-error.js';
