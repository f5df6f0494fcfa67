import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { feedback } from './index.js';

await runAlone(feedback);
