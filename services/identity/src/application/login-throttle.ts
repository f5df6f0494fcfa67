import { Injectable } from '@nestjs/common';
import { TooManyAttempts } from '../domain/errors.js';
import { AttemptCounters, type Counted, type Counter, thresholds } from '../domain/login-throttle.js';
import { Clock } from '../domain/ports.js';

export interface Attempt {
  /** Normalised. */
  email: string;
  /** Network of the caller: an address, or the /64 of an IPv6 address. */
  address: string;
  /** The caller holds a living session of this very account: guesses of strangers elsewhere do not concern them. */
  trusted: boolean;
  /** Of the caller's browser, when the account has signed in on it before: it is counted by itself. */
  device?: string | undefined;
}

type Admitted = { counted: Counted; counter: Counter }[];

function countedOf({ email, address, trusted, device }: Attempt): Counted[] {
  if (device !== undefined) return [{ threshold: thresholds.device, subject: `${email} ${device}` }];
  return [
    { threshold: thresholds.pair, subject: `${email} ${address}` },
    { threshold: thresholds.address, subject: address },
    ...(trusted ? [] : [{ threshold: thresholds.account, subject: email }]),
  ];
}

/** Every attempt counts as a failure before its password is looked at, so that many at once are many. */
@Injectable()
export class LoginThrottle {
  constructor(
    private readonly counters: AttemptCounters,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyAttempts; what is refused counts nowhere, else guesses on a locked pair would lock the account. */
  async admit(attempt: Attempt): Promise<Admitted> {
    const now = this.clock.now();
    const admitted: Admitted = [];
    // One after the other: of a hundred guesses at once, the pair lets five through to the counters after it.
    for (const counted of countedOf(attempt)) {
      const { counter, refused } = await this.counters.count(counted, now);
      if (refused) {
        await this.takeBack(admitted);
        throw this.refusal(counter.lockedUntil, now);
      }
      admitted.push({ counted, counter });
    }
    return admitted;
  }

  /** The password was right: the pair or the device starts afresh, account and address lose this attempt only. */
  async succeed(admitted: Admitted): Promise<void> {
    const isOwn = ({ counted }: Admitted[number]) => ['pair', 'device'].includes(counted.threshold.name);
    await Promise.all([
      ...admitted.filter(isOwn).map(({ counted }) => this.counters.forget(counted)),
      this.takeBack(admitted.filter((one) => !isOwn(one))),
    ]);
  }

  /** Who proved the account otherwise does not wait for what strangers guessed. @param email normalised */
  async open(email: string): Promise<void> {
    await this.counters.forget({ threshold: thresholds.account, subject: email });
  }

  private async takeBack(admitted: Admitted): Promise<void> {
    await Promise.all(admitted.map(({ counted, counter }) => this.counters.takeBack(counted, counter.lockedUntil)));
  }

  private refusal(lockedUntil: Date, now: Date): TooManyAttempts {
    return new TooManyAttempts(Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
  }
}
