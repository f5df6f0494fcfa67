import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../src/domain/account.js';
import { Passwords } from '../src/domain/ports.js';
import { type Replica, IdentityHarness } from './harness.js';

const named = { MEDFLOW_ADMIN_EMAIL: ' Admin@Example.tn ', MEDFLOW_ADMIN_PASSWORD: 'figuier-rouge-7' };

let harness: IdentityHarness;
beforeEach(async () => {
  harness = await IdentityHarness.create();
});
afterEach(() => harness.close());

const administrator = (app: Replica) => app.get(Accounts, { strict: false }).byEmail('admin@example.tn');

describe('first administrator', () => {
  it('is made once by replicas that start at once', async () => {
    const [app] = await Promise.all([harness.replica(named), harness.replica(named)]);
    expect(await administrator(app)).toMatchObject({ role: 'admin', emailVerified: true });
    expect(await harness.database.client.db().collection('accounts').countDocuments()).toBe(1);
  });

  it('keeps the password that it has', async () => {
    await harness.replica(named);
    // Weak, too: it is not going to be used.
    const app = await harness.replica({ ...named, MEDFLOW_ADMIN_PASSWORD: 'azerty123456' });
    const account = await administrator(app);
    const passwords = app.get(Passwords, { strict: false });
    expect(await passwords.matches('figuier-rouge-7', account!.passwordHash)).toBe(true);
    expect(await passwords.matches('azerty123456', account!.passwordHash)).toBe(false);
  });

  it('is not made of somebody who has an account', async () => {
    const app = await harness.replica();
    const patient = {
      id: '01935a6e-0000-7000-8000-000000000001',
      email: 'admin@example.tn',
      emailVerified: false,
      role: 'patient',
      firstName: 'Amina',
      lastName: 'Ben Salah',
      locale: 'fr',
      passwordHash: '-',
      createdAt: new Date(),
    } as const;
    await app.get(Accounts, { strict: false }).add(patient);
    await harness.replica(named);
    expect(await administrator(app)).toEqual(patient);
  });

  it.each([
    [{ ...named, MEDFLOW_ADMIN_EMAIL: 'admin' }, 'MEDFLOW_ADMIN_EMAIL is not an e-mail address.'],
    [{ ...named, MEDFLOW_ADMIN_PASSWORD: 'court' }, 'MEDFLOW_ADMIN_PASSWORD needs 8 to 256 characters.'],
    [{ MEDFLOW_ADMIN_EMAIL: 'admin@example.tn' }, 'MEDFLOW_ADMIN_PASSWORD needs 8 to 256 characters.'],
    [{ ...named, MEDFLOW_ADMIN_PASSWORD: 'azerty123456' }, 'MEDFLOW_ADMIN_PASSWORD is guessed too easily'],
    [{ ...named, MEDFLOW_ADMIN_PASSWORD: 'medflow-2026' }, 'MEDFLOW_ADMIN_PASSWORD is guessed too easily'],
  ])('stops the start with %j', async (env, message) => {
    await expect(harness.replica(env)).rejects.toThrow(message);
  });
});
