import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { billing } from './index.js';

await runAlone(billing);
