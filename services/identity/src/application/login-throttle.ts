import { Injectable } from '@nestjs/common';
import { TooManyAttempts } from '../domain/errors.js';
import { AttemptCounters, type Counted, type Counter, thresholds } from '../domain/login-throttle.js';
import { Clock } from '../domain/ports.js';

export interface Attempt {
  /** Normalised. */
  email: string;
  /** Network address of the caller. */
  address: string;
  /** The caller holds a living session of this very account: guesses of strangers elsewhere do not concern them. */
  trusted: boolean;
}

type Admitted = { counted: Counted; counter: Counter }[];

/** Every attempt counts as a failure before its password is looked at, so that many at once are many. */
@Injectable()
export class LoginThrottle {
  constructor(
    private readonly counters: AttemptCounters,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyAttempts; what is refused counts nowhere, else guesses on a locked pair would lock the account. */
  async admit({ email, address, trusted }: Attempt): Promise<Admitted> {
    const now = this.clock.now();
    const all: Counted[] = [
      { threshold: thresholds.pair, subject: `${email} ${address}` },
      { threshold: thresholds.address, subject: address },
      ...(trusted ? [] : [{ threshold: thresholds.account, subject: email }]),
    ];
    const admitted: Admitted = [];
    // One after the other: of a hundred guesses at once, the pair lets five through to the counters after it.
    for (const counted of all) {
      const { counter, refused } = await this.counters.count(counted, now);
      if (refused) {
        await this.takeBack(admitted);
        throw this.refusal(counter.lockedUntil, now);
      }
      admitted.push({ counted, counter });
    }
    return admitted;
  }

  /** The password was right: the pair starts afresh, account and address lose this attempt only. */
  async succeed(admitted: Admitted): Promise<void> {
    const isPair = ({ counted }: Admitted[number]) => counted.threshold.name === 'pair';
    await Promise.all([
      ...admitted.filter(isPair).map(({ counted }) => this.counters.forget(counted)),
      this.takeBack(admitted.filter((one) => !isPair(one))),
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
