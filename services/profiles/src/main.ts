import 'reflect-metadata';
import { runAlone } from '@medflow/service-kit';
import { profiles } from './index.js';

await runAlone(profiles);
