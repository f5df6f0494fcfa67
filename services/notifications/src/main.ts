import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { notifications } from './index.js';

await runAlone(notifications);
