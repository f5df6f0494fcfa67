import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { gateway } from './index.js';

await runAlone(gateway);
