import { v5, validate } from 'uuid';

/** Of names that are no UUIDs themselves. */
const NAMESPACE = '5d3f2f0c-6e0a-4a53-9d5e-3d0a3a1f5b7e';

/** What is a UUID stays one: our entries keep theirs wherever they go. */
export const summaryUuid = (name: string): string => (validate(name) ? name : v5(name, NAMESPACE));
