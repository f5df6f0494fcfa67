import { Controller } from '@nestjs/common';
import {
  type AccountRegisteredV1,
  accountRegisteredV1,
  type AccountReinstatedV1,
  accountReinstatedV1,
  type AccountSuspendedV1,
  accountSuspendedV1,
  type AvailabilitySummarisedV1,
  availabilitySummarisedV1,
  type RatingSummarisedV1,
  ratingSummarisedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { FollowAccountHandler } from '../../application/follow-account.js';
import { FollowAvailabilityHandler } from '../../application/follow-availability.js';
import { FollowRatingsHandler } from '../../application/follow-ratings.js';
import { OwnDoctorProfileHandler } from '../../application/own-doctor-profile.js';
import { OwnPatientProfileHandler } from '../../application/own-patient-profile.js';

/** The latest word counts, and counts no more when it is said again. */
const latest = { dedupe: 'none', stale: 'ignore' } as const;

@Controller()
export class Subscriptions {
  constructor(
    private readonly patients: OwnPatientProfileHandler,
    private readonly doctors: OwnDoctorProfileHandler,
    private readonly accounts: FollowAccountHandler,
    private readonly availability: FollowAvailabilityHandler,
    private readonly ratings: FollowRatingsHandler,
  ) {}

  /** Administrators have no profile. */
  @Subscribe(accountRegisteredV1, { queue: 'profiles.accounts', ...latest })
  async accountRegistered(account: AccountRegisteredV1, _event: EventEnvelope<AccountRegisteredV1>) {
    const { accountId: id, role, firstName, lastName, locale } = account;
    const newcomer = { id, firstName, lastName, locale };
    if (role === 'patient') await this.patients.read(newcomer);
    if (role === 'doctor') await this.doctors.read(newcomer);
  }

  @Subscribe(accountSuspendedV1, { queue: 'profiles.accounts', ...latest })
  async accountSuspended({ accountId, role }: AccountSuspendedV1, _event: EventEnvelope<AccountSuspendedV1>) {
    if (role === 'doctor') await this.accounts.suspend(accountId);
  }

  @Subscribe(accountReinstatedV1, { queue: 'profiles.accounts', ...latest })
  async accountReinstated({ accountId, role }: AccountReinstatedV1, _event: EventEnvelope<AccountReinstatedV1>) {
    if (role === 'doctor') await this.accounts.reinstate(accountId);
  }

  @Subscribe(availabilitySummarisedV1, { queue: 'profiles.availability', ...latest })
  async availabilitySummarised(summary: AvailabilitySummarisedV1, _event: EventEnvelope<AvailabilitySummarisedV1>) {
    const { doctorId, nextAvailableAt, days, modes } = summary;
    await this.availability.execute(doctorId, {
      nextAvailableAt: nextAvailableAt === undefined ? null : new Date(nextAvailableAt),
      days,
      modes,
    });
  }

  @Subscribe(ratingSummarisedV1, { queue: 'profiles.ratings', ...latest })
  async ratingSummarised(
    { doctorId, average, count, score }: RatingSummarisedV1,
    _event: EventEnvelope<RatingSummarisedV1>,
  ) {
    const rating = count === 0 ? { average: null, count, score: null } : { average, count, score };
    await this.ratings.execute(doctorId, rating);
  }
}
