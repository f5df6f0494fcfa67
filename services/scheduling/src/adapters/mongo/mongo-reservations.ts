import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { expectReservable, readReservationId, type Reservation, Reservations } from '../../domain/reservation.js';
import { type SlotClaim, SlotTaken } from '../../domain/slot.js';
import { ticksBetween } from '../../domain/ticks.js';
import { DAY_MS, minutesAfter } from '../../domain/values.js';
import { MAX_BUFFER_MINUTES } from '../../domain/availability-plan.js';
import { tickKey } from './mongo-claims.js';
import { ClaimRecord } from './schemas.js';

const ownerOf = ({ doctorId }: SlotClaim | Reservation['slot']) => `d:${doctorId}` as const;

/** Of all ticks that a reservation of the slot may have, whatever the doctor's buffer was. */
const keysOf = (claim: SlotClaim): string[] =>
  ticksBetween(claim.startsAt, minutesAfter(claim.endsAt, MAX_BUFFER_MINUTES)).map((tick) =>
    tickKey(ownerOf(claim), tick),
  );

@Injectable()
export class MongoReservations extends Reservations {
  constructor(
    @InjectModel(ClaimRecord.name) private readonly claims: Model<ClaimRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async keep({ id, slot, until }: Reservation, now: Date, previous?: string): Promise<void> {
    const owner = ownerOf(slot);
    const { claimant } = readReservationId(id)!;
    const wanted = ticksBetween(slot.startsAt, minutesAfter(slot.endsAt, slot.bufferMinutes));
    try {
      await this.transactions.run(async () => {
        const { session } = this.transactions;
        if (previous !== undefined) await this.release(previous);
        const ofDay = await this.ofDay(slot);
        const inTheWay = ofDay.filter(({ tick }) => wanted.includes(tick!));
        expectReservable(ofDay, inTheWay, now);
        const lapsed = inTheWay.map(({ _id }) => _id);
        if (lapsed.length > 0)
          await this.claims.collection.deleteMany({ _id: { $in: lapsed as never[] } }, { session });
        const claims = wanted.map((tick) => ({
          _id: tickKey(owner, tick),
          owner,
          tick,
          appointmentId: claimant,
          holdUntil: until,
          reserved: true,
        }));
        await this.claims.collection.insertMany(claims as never[], { session });
      });
    } catch (error) {
      throw isDuplicateKey(error) ? new SlotTaken('slot-taken') : error;
    }
  }

  async keptUntil(id: string, now: Date): Promise<Date | undefined> {
    const reservation = readReservationId(id);
    if (!reservation) return undefined;
    const { claim, claimant } = reservation;
    const [first] = keysOf(claim);
    const found = await this.claims.findById(first).lean<ClaimRecord>();
    const until = found?.appointmentId === claimant ? found.holdUntil : undefined;
    return until && until > now ? until : undefined;
  }

  async release(id: string): Promise<void> {
    const reservation = readReservationId(id);
    if (!reservation) return;
    const { claim, claimant } = reservation;
    const kept = { _id: { $in: keysOf(claim) as never[] }, appointmentId: claimant };
    // In a transaction, as all that changes claims: ADR 25.
    await this.transactions.run(() => this.claims.collection.deleteMany(kept, { session: this.transactions.session }));
  }

  /** What is claimed of the doctor on the (UTC) day that the slot begins on, and of the slot's own time. */
  private async ofDay(slot: Reservation['slot']): Promise<ClaimRecord[]> {
    const day = new Date(Math.floor(slot.startsAt.getTime() / DAY_MS) * DAY_MS);
    const end = Math.max(day.getTime() + DAY_MS, minutesAfter(slot.endsAt, slot.bufferMinutes).getTime());
    const ticks = ticksBetween(day, new Date(end));
    const found = await this.claims.collection
      .find(
        { owner: ownerOf(slot), tick: { $gte: ticks[0]!, $lte: ticks.at(-1)! } },
        { session: this.transactions.session },
      )
      .toArray();
    return found as unknown as ClaimRecord[];
  }
}
