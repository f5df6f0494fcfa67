import { Injectable } from '@nestjs/common';
import type { Notification } from '../domain/notification.js';
import { type Pace, turnOf } from '../domain/pace.js';
import { type Letter, MailQueue, Paces } from '../domain/ports.js';

export type NewsLetter = Letter & { notification: Notification };

/** One or several letters that go to one account as one mail. */
export interface Parcel {
  readonly letters: readonly Letter[];
  /** Of the bundle, where it is one; the same also when it is sent again. */
  readonly bundle?: string;
}

/** A receipt, or word of the account itself, is wanted by itself and at once. */
const isBundled = (letter: Letter): letter is NewsLetter =>
  'notification' in letter && letter.notification.kind !== 'payment-captured';

const byTime = (a: NewsLetter, b: NewsLetter): number =>
  a.notification.createdAt.getTime() - b.notification.createdAt.getTime() || (a.id < b.id ? -1 : 1);

function groupsOf<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Says of the letters that are due which go by themselves, which together, and which wait for their minute. */
@Injectable()
export class Parcels {
  constructor(
    private readonly queue: MailQueue,
    private readonly paces: Paces,
  ) {}

  /** What is to be sent now: mails of one account in their order. What is to wait is handed back. */
  async of(letters: readonly Letter[], now: Date): Promise<Parcel[][]> {
    const news = letters.filter(isBundled);
    const bundles = groupsOf(
      news.filter(({ bundle }) => bundle !== undefined),
      ({ bundle }) => bundle!,
    );
    const fresh = groupsOf(
      news.filter(({ bundle }) => bundle === undefined),
      ({ notification }) => notification.accountId,
    );
    return [
      ...letters.filter((letter) => !isBundled(letter)).map((letter) => [{ letters: [letter] }]),
      ...[...bundles].map(([bundle, of]) => [{ letters: of.sort(byTime), bundle }]),
      ...(await this.inTurn(fresh, now)),
    ];
  }

  private async inTurn(accounts: Map<string, NewsLetter[]>, now: Date): Promise<Parcel[][]> {
    if (accounts.size === 0) return [];
    const before = await this.paces.of([...accounts.keys()]);
    const ready: { accountId: string; letters: NewsLetter[]; send: 'singly' | 'together'; pace: Pace }[] = [];
    const later: { letters: NewsLetter[]; at: Date }[] = [];
    for (const [accountId, letters] of accounts) {
      const heldBack = letters.some((letter) => letter.heldBack);
      const turn = turnOf(before.get(accountId), { count: letters.length, heldBack }, now);
      if (turn.send === 'later') later.push({ letters, at: turn.at });
      else ready.push({ accountId, letters: letters.sort(byTime), ...turn });
    }
    for (const [at, waiting] of groupsOf(later, (one) => one.at.getTime()))
      await this.queue.holdBack(
        waiting.flatMap(({ letters }) => letters),
        new Date(at),
      );
    const late = await this.paces.keep(
      ready.map(({ accountId, pace }) => ({ accountId, before: before.get(accountId), after: pace })),
    );
    const parcels: Parcel[][] = [];
    for (const { accountId, letters, send } of ready) {
      // Another replica writes to the account at this moment: what it sends counts first.
      if (late.has(accountId)) await this.queue.release(letters, now);
      else
        parcels.push(
          send === 'singly' ? letters.map((letter) => ({ letters: [letter] })) : [await this.bundled(letters)],
        );
    }
    return parcels;
  }

  private async bundled(letters: readonly NewsLetter[]): Promise<Parcel> {
    if (letters.length === 1) return { letters };
    const bundle = `${letters[0]!.id}.all`;
    await this.queue.bundle(letters, bundle);
    return { letters, bundle };
  }
}
