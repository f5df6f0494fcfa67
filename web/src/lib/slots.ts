import { useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from './api';
import { firstOfMonth, nextMonth, periodOf } from './month';

export type Slot = Schemas['SlotView'];

/** As many as come at once: a week of most doctors in one page. */
const LIMIT = 400;
const MINUTE_MS = 60_000;

interface Period {
  from: string;
  to: string;
}

/** All free slots that start in the period, page after page, and until when there may be any. */
async function slotsBetween(doctorId: string, period: Period, signal: AbortSignal) {
  const slots: Slot[] = [];
  for (let cursor: string | null = ''; ;) {
    const query = { ...period, limit: LIMIT, ...(cursor && { cursor }) } as never;
    const call = api.GET('/doctors/{id}/slots', { params: { path: { id: doctorId }, query }, signal });
    const page: Schemas['SlotList'] = await dataOf(call);
    slots.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) return { slots, bookableUntil: page.bookableUntil };
  }
}

/** Free slots of the month `YYYY-MM` in whatever time zone: a day more at either end. */
export const useSlotsOfMonth = (doctorId: string, month: string) =>
  useQuery({
    queryKey: ['slots', doctorId, month],
    queryFn: ({ signal }) => slotsBetween(doctorId, periodOf(firstOfMonth(month), nextMonth(month)), signal),
  });

/** A doctor's own free slots of a period; none where they are not in the directory. */
export const useFreeSlots = (doctorId: string, period: Period, enabled: boolean) =>
  useQuery({
    queryKey: ['slots', doctorId, period.from, period.to],
    queryFn: async ({ signal }) => (await slotsBetween(doctorId, period, signal)).slots,
    enabled,
  });

/** The slot as it is offered now, whatever the address of a page says of it; null: it is not, any more perhaps. */
export const useSlot = (doctorId: string, slotId: string, startsAt: string, enabled: boolean) =>
  useQuery({
    queryKey: ['slot', doctorId, slotId],
    queryFn: async ({ signal }) => {
      const from = Date.parse(startsAt);
      if (Number.isNaN(from)) return null;
      const period = { from: new Date(from).toISOString(), to: new Date(from + MINUTE_MS).toISOString() };
      const { slots } = await slotsBetween(doctorId, period, signal);
      return slots.find(({ id }) => id === slotId) ?? null;
    },
    enabled,
    // As it was when the page was opened: a form must not go while it is filled in.
    staleTime: Infinity,
    gcTime: 0,
  });

/** What confirms the booking of a slot. @param zone in which it was shown, where that is not the viewer's */
export function bookingPath(doctorId: string, slot: Slot, zone?: string): string {
  const query = new URLSearchParams({
    slot: slot.id,
    at: slot.startsAt,
    ...(zone && { zone }),
  });
  return `/doctors/${doctorId}/book?${query}`;
}
