import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { consultations } from './index.js';

await runAlone(consultations);
