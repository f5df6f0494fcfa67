import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { scheduling } from './index.js';

await runAlone(scheduling);
