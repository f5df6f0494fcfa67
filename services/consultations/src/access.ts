import { Access } from '@medflow/access';

/** Who may do what with consultations. */
export const access = new Access<Record<string, unknown>>('consultations', {});
