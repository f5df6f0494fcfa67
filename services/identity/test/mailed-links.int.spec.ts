import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MailedLink, MailedLinks } from '../src/domain/mailed-link.js';
import { type Replica, IdentityHarness } from './harness.js';

let harness: IdentityHarness;
let replicas: Replica[];
beforeAll(async () => {
  harness = await IdentityHarness.create();
  replicas = [await harness.replica(), await harness.replica()];
});
afterAll(() => harness.close());

const now = new Date();
let count = 0;
const linkOf = (accountId: string): MailedLink => ({
  letterId: `letter-${(count += 1)}`,
  accountId,
  purpose: 'recovery',
  email: `${accountId}@example.tn`,
});
const many = <T>(times: number, work: (links: MailedLinks, n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, n) => work(replicas[n % 2]!.get(MailedLinks, { strict: false }), n)));
const links = () => replicas[0]!.get(MailedLinks, { strict: false });
const secretOf = (n: number) => String(n).padStart(43, 'a');

describe('mailed links', () => {
  it('are one for an account and a purpose, whoever asks for one at the same moment on two replicas', async () => {
    const asked = Array.from({ length: 20 }, () => linkOf('amina'));
    await many(20, (repository, n) => repository.replace(asked[n]!, now));
    const good = await many(20, (repository, n) => repository.addSecret(asked[n]!, secretOf(n), now));
    expect(good.filter(Boolean)).toEqual(['amina@example.tn']);
    const [last] = asked.filter((_, n) => good[n]);
    const token = { accountId: 'amina', secret: secretOf(asked.indexOf(last!)) };
    expect(await links().find('recovery', token, now)).toEqual(last);
    const wanted = await harness.database.client
      .db()
      .collection('outbox')
      .countDocuments({ body: /"amina"/ });
    expect(wanted).toBe(20);
  });

  it('are used once by twenty who come at once on two replicas', async () => {
    const link = linkOf('karim');
    await links().replace(link, now);
    await links().addSecret(link, secretOf(1), now);
    const token = { accountId: 'karim', secret: secretOf(1) };
    const uses = await many(20, (repository) => repository.use('recovery', token, now));
    expect(uses.filter(Boolean)).toEqual([link]);
    expect(await links().find('recovery', token, now)).toBeUndefined();
  });

  it('are good with each of the last five secrets of their letter', async () => {
    const link = linkOf('salma');
    await links().replace(link, now);
    for (let n = 1; n <= 7; n += 1) await links().addSecret(link, secretOf(n), now);
    const found = await many(7, (repository, n) =>
      repository.find('recovery', { accountId: 'salma', secret: secretOf(n + 1) }, now),
    );
    expect(found.map((one) => one !== undefined)).toEqual([false, false, true, true, true, true, true]);
  });

  it('are good for an hour from the last writing, and no more once revoked', async () => {
    const link = linkOf('nour');
    const token = { accountId: 'nour', secret: secretOf(1) };
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    await links().replace(link, now);
    await links().addSecret(link, secretOf(1), at(7_200));
    expect(await links().find('recovery', token, at(7_200 + 3_599))).toEqual(link);
    expect(await links().find('recovery', token, at(7_200 + 3_600))).toBeUndefined();
    expect(await links().use('recovery', token, at(7_200 + 3_600))).toBeUndefined();
    expect(await links().addSecret(link, secretOf(2), at(7_200 + 3_600))).toBeUndefined();
    await links().revoke('recovery', 'nour');
    expect(await links().find('recovery', token, at(7_201))).toBeUndefined();
  });
});
