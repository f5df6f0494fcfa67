import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { identity } from './index.js';

await runAlone(identity);
