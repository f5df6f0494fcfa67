import type { AppointmentState, Side, Status } from './appointment-state.js';

export interface AppointmentFilter {
  readonly statuses?: readonly Status[];
  /** Starts at or after. */
  readonly from?: Date;
  /** Starts before. */
  readonly to?: Date;
  readonly patientId?: string;
}

export interface AppointmentPage {
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** Start and id of the last one seen. */
  readonly after?: { readonly startsAt: Date; readonly id: string };
}

/** What somebody has had and will have. */
export abstract class AppointmentLists {
  /**
   * One's own, by start; up to `limit` + 1 so that the caller knows of a next page. Cost depends on what is found, not on
   * how much there is.
   */
  abstract page(
    side: Side,
    accountId: string,
    filter: AppointmentFilter,
    page: AppointmentPage,
  ): Promise<AppointmentState[]>;
}
