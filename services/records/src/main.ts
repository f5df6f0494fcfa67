import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { records } from './index.js';

await runAlone(records);
