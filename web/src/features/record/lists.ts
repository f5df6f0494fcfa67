import { allergens } from './codes/allergens';
import { conditions } from './codes/conditions';
import { medicines } from './codes/medicines';
import { vaccines } from './codes/vaccines';
import type { Lists } from './form';

/** Come with the pages on which something is written. */
export const lists: Lists = { conditions, medicines, allergens, vaccines };
