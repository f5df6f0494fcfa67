import { z } from 'zod';

/** What services answer the gateway, as far as it looks: whatever else is in there is left alone. */

const text = z.string().min(1);
const whole = z.int();

const timeZone = text.refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'not a time zone');

/** Rows of one local day each. */
const daysWith = <Counts extends z.ZodRawShape>(counts: Counts) => z.array(z.object({ day: z.iso.date(), ...counts }));

/** Handed on as the service wrote it, with the members named. */
const appointment = z.looseObject({ id: text, status: text, startsAt: text });

export const schedulingFigures = z.object({
  timeZone,
  days: daysWith({ consultations: whole, noShows: whole, cancelled: whole }),
});
export type SchedulingFigures = z.infer<typeof schedulingFigures>;

/** Minor units. */
export const billingFigures = z.object({
  currency: text,
  days: daysWith({ income: whole, refunds: whole, fees: whole }),
});
export type BillingFigures = z.infer<typeof billingFigures>;

export const feedbackFigures = z.object({ days: daysWith({ count: whole, stars: whole }) });
export type FeedbackFigures = z.infer<typeof feedbackFigures>;

export const doctorAgenda = z.object({
  today: z.array(appointment),
  requests: z.object({ count: whole, items: z.array(appointment) }),
});

export const patientAgenda = z.object({
  next: appointment.nullable(),
  paymentsDue: z.array(z.looseObject({ appointmentId: text, status: text, startsAt: text })),
});

export const latestFeedback = z.object({ items: z.array(z.looseObject({ id: text, createdAt: text })) });

export const visitsToRate = z.object({ items: z.array(z.looseObject({ appointmentId: text, startsAt: text })) });

export const doctorProfile = z.object({ missing: z.array(z.string()), verification: text });

export const patientProfile = z.object({ missing: z.array(z.string()), completeness: whole });

export const notifications = z.object({ unread: whole });

/** Sessions that ended since an earlier answer was given, or a little before. */
export const endedSessions = z.object({
  asOf: z.iso.datetime(),
  items: z.array(z.object({ id: text, until: z.iso.datetime() })),
});

/** Whom the secret of a visit's third seat lets in. */
export const seatOfVisit = z.object({ appointmentId: z.string(), participantId: z.string() });
