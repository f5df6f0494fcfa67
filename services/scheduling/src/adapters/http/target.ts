import type { AccountSubject } from '@medflow/access';
import type { Target } from '../../application/change-appointment.js';

/** @param version of `If-Match` */
export const targetOf = (by: AccountSubject, appointmentId: string, version: number | undefined): Target => ({
  appointmentId,
  by,
  ...(version !== undefined && { version }),
});
