import { Access } from '@medflow/access';

/** Who may do what with records. */
export const access = new Access<Record<string, unknown>>('records', {});
