import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { LRUCache } from 'lru-cache';
import type { Model } from 'mongoose';
import type { AppointmentState } from '../../domain/appointment-state.js';
import { TooManyOpenRequests } from '../../domain/errors.js';
import {
  MOST_VISITS,
  NO_VISITS,
  type OpenRequestLimits,
  openRequestLimits,
  type VisitsHad,
} from '../../domain/open-requests.js';
import { AppointmentRecord, ClaimRecord } from './schemas.js';

type Asker = Pick<AppointmentState, 'patient' | 'doctor'>;

/** Numbers of the places of one request: among those with the doctor, and among all of the patient. */
type Places = Record<keyof OpenRequestLimits, number>;

const keyOf = {
  doctor: ({ patient, doctor }: Asker, place: number) => `r:${patient.id}|${doctor.id}|${place}`,
  all: ({ patient }: Asker, place: number) => `r:${patient.id}|${place}`,
};
const scopes = ['doctor', 'all'] as const;

const keysOf = (asker: Asker, places: Places): string[] => scopes.map((scope) => keyOf[scope](asker, places[scope]));

/** Those of all the places that one can ever have. */
export const requestPlaceKeysOf = (asker: Asker): string[] =>
  scopes.flatMap((scope) =>
    Array.from({ length: openRequestLimits(MOST_VISITS)[scope] }, (_, place) => keyOf[scope](asker, place)),
  );

const oneOf = (places: readonly number[]): number => places[Math.floor(Math.random() * places.length)]!;
const upTo = (count: number): number[] => [...Array(count).keys()];

/**
 * Places for requests that wait for an answer, claimed like the ticks: so there are never more of them than places, however
 * many come at once. Most patients have no request open, so a place is tried without a look; only where it is taken is it
 * looked which others are free, and only where none is, what the patient's visits add to them.
 */
@Injectable()
export class MongoRequestPlaces {
  /** What a look found, for the try that follows, which may be a whole transaction anew. */
  private readonly found = new LRUCache<string, Places>({ max: 1_000, ttl: 5_000 });

  constructor(
    @InjectModel(ClaimRecord.name) private readonly claims: Model<ClaimRecord>,
    @InjectModel(AppointmentRecord.name) private readonly appointments: Model<AppointmentRecord>,
  ) {}

  /** Keys of the claims to try. */
  toTry(asker: Asker): string[] {
    const { doctor, all } = openRequestLimits(NO_VISITS);
    const key = `${asker.patient.id}|${asker.doctor.id}`;
    const places = this.found.get(key) ?? { doctor: oneOf(upTo(doctor)), all: oneOf(upTo(all)) };
    this.found.delete(key);
    return keysOf(asker, places);
  }

  /** One of those that were tried is taken. @throws TooManyOpenRequests when no other is free */
  async look(asker: Asker): Promise<void> {
    const claimed = await this.claims
      .find({ _id: { $in: requestPlaceKeysOf(asker) } }, { _id: 1 })
      .lean<ClaimRecord[]>();
    const taken = new Set(claimed.map(({ _id }) => _id));
    const free = (limits: OpenRequestLimits) =>
      scopes.map((scope) => upTo(limits[scope]).filter((place) => !taken.has(keyOf[scope](asker, place))));
    const isFull = (places: number[][]) => places.some(({ length }) => length === 0);
    let limits = openRequestLimits(NO_VISITS);
    if (isFull(free(limits))) limits = openRequestLimits(await this.visitsOf(asker));
    const [doctor, all] = free(limits) as [number[], number[]];
    if (doctor.length === 0) throw new TooManyOpenRequests('doctor', limits.doctor);
    if (all.length === 0) throw new TooManyOpenRequests('all', limits.all);
    this.found.set(`${asker.patient.id}|${asker.doctor.id}`, { doctor: oneOf(doctor), all: oneOf(all) });
  }

  private async visitsOf({ patient, doctor }: Asker): Promise<VisitsHad> {
    // No more than make a difference. A stage each: SecantusDB uses its index for the first alone.
    const most = openRequestLimits(MOST_VISITS).all;
    const [withDoctor, inAll] = await Promise.all(
      [{ status: 'completed', 'doctor.id': doctor.id }, { status: 'completed' }].map((filter) =>
        this.appointments.collection
          .aggregate([
            { $match: { 'patient.id': patient.id } },
            { $match: filter },
            { $limit: most },
            { $project: { _id: 1 } },
          ])
          .toArray(),
      ),
    );
    return { withDoctor: withDoctor!.length, inAll: inAll!.length };
  }
}
