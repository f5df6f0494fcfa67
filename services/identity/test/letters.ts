import type { Answer } from '@medflow/testing';
import type { Served } from './served.js';

export interface Wanted {
  letterId: string;
  accountId: string;
  purpose: string;
}

const internal = { 'x-medflow-internal': 'test-internal-token' };

/** The letters that identity wants written, and what the service that writes them is told. */
export class Letters {
  constructor(private readonly served: Served) {}

  /** Of one account, oldest first. Nobody takes events here, so all of them wait. */
  async wanted(accountId: string): Promise<Wanted[]> {
    const rows = await this.served.service.database.client
      .db()
      .collection<{ _id: string; body: string }>('outbox')
      .find({ type: 'identity.letter-wanted.v1' })
      .sort({ _id: 1 })
      .toArray();
    return rows.map(({ body }) => JSON.parse(body).data as Wanted).filter((letter) => letter.accountId === accountId);
  }

  async purposes(accountId: string): Promise<string[]> {
    return (await this.wanted(accountId)).map(({ purpose }) => purpose);
  }

  write({ letterId, ...body }: Wanted, headers: Record<string, string> = internal): Promise<Answer> {
    return this.served.service.call('POST', `/internal/letters/${letterId}/write`, { body, headers });
  }

  /** The token in the newest letter to the account. @throws Error when there is none to write */
  async token(accountId: string): Promise<string> {
    const newest = (await this.wanted(accountId)).at(-1);
    const answer = newest && (await this.write(newest));
    if (answer?.status !== 200) throw new Error(`no letter: ${JSON.stringify(answer?.body)}`);
    return answer.body.token;
  }
}
