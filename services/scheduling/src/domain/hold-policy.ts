import { TooManyHolds } from './errors.js';
import { minutesAfter } from './values.js';

/** How many slots a patient may hold at a time: they are held to be paid, not to be kept from others. */
export const MAX_HOLDS = 3;

/** Whose a stretch of time, or a place for a hold, is; until then where it is only held. */
export interface Claim {
  readonly appointmentId: string;
  readonly holdUntil?: Date;
}

/** Of a hold that is taken now: when its length is over, and when the visit begins at the latest. */
export function holdEnd(now: Date, holdMinutes: number, startsAt: Date): Date {
  const end = minutesAfter(now, holdMinutes);
  return end < startsAt ? end : startsAt;
}

/** The place that an appointment tries first, without a look: most patients hold nothing else. */
export const placeToTry = (appointmentId: string): number =>
  [...appointmentId].reduce((sum, char) => sum + char.charCodeAt(0), 0) % MAX_HOLDS;

/** From its end on a hold keeps nobody from anything, whether it has been ended yet or not. */
const hasLapsed = ({ holdUntil }: Claim, now: Date): boolean => holdUntil !== undefined && holdUntil <= now;

const appointmentsOf = (claims: readonly Claim[]): string[] => [
  ...new Set(claims.map(({ appointmentId }) => appointmentId)),
];

/** Takeover: lapsed holds give way to whoever wants their time. @returns those; undefined where anything else is in the way */
export function holdsGivingWay(inTheWay: readonly Claim[], now: Date): string[] | undefined {
  return inTheWay.every((claim) => hasLapsed(claim, now)) ? appointmentsOf(inTheWay) : undefined;
}

/** One more hold of a patient needs one of their places, be it that of a lapsed one. */
export class HoldPlaces {
  /** @param claims by place; undefined: free */
  constructor(private readonly claims: readonly (Claim | undefined)[]) {}

  /** Holds that give way to the next one: none while a place is free. */
  givingWay(now: Date): string[] {
    if (this.claims.includes(undefined)) return [];
    return appointmentsOf(this.claims.filter((claim) => claim !== undefined).filter((claim) => hasLapsed(claim, now)));
  }

  /** @throws TooManyHolds */
  free(): number {
    const place = this.claims.indexOf(undefined);
    if (place < 0) throw new TooManyHolds(MAX_HOLDS);
    return place;
  }
}
