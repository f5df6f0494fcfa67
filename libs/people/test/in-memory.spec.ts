import { PeopleInMemory } from '@medflow/testing';
import { describePeople } from './people-contract.js';

describePeople('memory', async () => new PeopleInMemory());
