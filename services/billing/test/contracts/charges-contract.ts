import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AppointmentNews } from '../../src/domain/appointment-news.js';
import { Charge } from '../../src/domain/charge.js';
import type { PaymentFact } from '../../src/domain/payment-fact.js';
import type { Charges } from '../../src/domain/charges.js';
import type { IntentSnapshot } from '../../src/domain/provider.js';
import { DAY_MS, MINUTE_MS, msAfter } from '../../src/domain/values.js';

export interface ChargesUnderTest {
  charges: Charges;
  /** What was appended, in order. */
  facts(): Promise<PaymentFact['name'][]>;
  /** Ids of what is booked. */
  booked(): Promise<string[]>;
}

const NOW = new Date('2026-11-23T08:00:00.000Z');

const news = (appointmentId: string, change: Partial<AppointmentNews> = {}): AppointmentNews => ({
  appointmentId,
  patientId: 'patient',
  doctorId: 'doctor',
  startsAt: msAfter(NOW, 2 * DAY_MS),
  mode: 'video',
  price: { amount: 60_000, currency: 'TND' },
  timing: 'at-booking',
  status: 'held',
  sequence: 1,
  ...change,
});

const seen = (id: string, status: IntentSnapshot['status'], change: Partial<IntentSnapshot> = {}): IntentSnapshot => ({
  id,
  kind: 'payment',
  status,
  clientSecret: `${id}_secret`,
  captured: 0,
  refunds: [],
  ...change,
});

/** What billing needs of its charges, wherever they are kept. */
export function describeCharges(store: string, open: () => Promise<ChargesUnderTest>): void {
  describe(`charges in ${store}`, () => {
    let under: ChargesUnderTest;
    let charges: Charges;
    beforeEach(async () => {
      under = await open();
      ({ charges } = under);
    });

    const add = async (id: string, change: Partial<AppointmentNews> = {}, at = NOW) => {
      const charge = Charge.open(id, news(`of-${id}`, change), at);
      await charges.addAll([charge]);
      return charge.state;
    };
    const authorise = (id: string) =>
      charges.update(id, (charge) => charge.begin(seen(`pi-${id}`, 'requires_capture'), NOW));
    const capture = (id: string) =>
      charges.update(id, (charge) =>
        charge.observe(seen(`pi-${id}`, 'succeeded', { captured: 60_000, fee: 1_740 }), NOW),
      );

    it('are one for an appointment, of ten that are added at once', async () => {
      const added = await Promise.allSettled(
        Array.from({ length: 10 }, (_, n) => charges.addAll([Charge.open(`c${n}`, news('one'), NOW)])),
      );
      expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await charges.ofAppointment('one'))?.state).toMatchObject({ status: 'due', version: 1 });
    });

    it('are found by their id, appointment and intent, and by their patient alone', async () => {
      await add('c1');
      await authorise('c1');
      expect((await charges.find('c1'))?.state).toMatchObject({ status: 'authorised', held: 60_000, checks: 0 });
      expect((await charges.ofAppointment('of-c1'))?.state.id).toBe('c1');
      expect((await charges.ofIntent('pi-c1'))?.state.id).toBe('c1');
      expect((await charges.ofPatient('patient', 'c1')).state.id).toBe('c1');
      await expect(charges.ofPatient('somebody else', 'c1')).rejects.toMatchObject({ code: 'not-found' });
      for (const none of [charges.find('c2'), charges.ofAppointment('c1'), charges.ofIntent('c1')])
        expect(await none).toBeUndefined();
      expect(await charges.update('c2', () => undefined)).toBeUndefined();
    });

    it('are changed by one writer after the other, each deciding on what the last has saved', async () => {
      await add('c1');
      const seenSequences = new Set<number>();
      await Promise.all(
        Array.from({ length: 4 }, () =>
          charges.update('c1', (charge) => {
            const sequence = charge.state.appointmentSequence + 1;
            charge.follow(news('of-c1', { sequence }), NOW);
            seenSequences.add(sequence);
          }),
        ),
      );
      expect((await charges.find('c1'))!.state.appointmentSequence).toBe(5);
      expect([...seenSequences].sort()).toEqual([2, 3, 4, 5]);
    });

    it('are decided on again where the one that was known is no longer what is saved', async () => {
      await add('c1');
      const known = (await charges.find('c1'))!;
      await charges.update('c1', (charge) => charge.attempt('pm_a', false, NOW));
      const updated = await charges.update('c1', (charge) => charge.forgetAttempt(NOW), known);
      expect(updated!.state).toMatchObject({ attempts: 1 });
      const { attempt } = (await charges.find('c1'))!.state;
      expect(attempt).toBeUndefined();
    });

    it('stay as they are when the decision throws, or changes nothing', async () => {
      await add('c1');
      const before = (await charges.find('c1'))!.state;
      const refuse = () => {
        throw new Error('no');
      };
      await expect(charges.update('c1', refuse)).rejects.toThrow('no');
      await charges.update('c1', () => undefined);
      expect((await charges.find('c1'))!.state).toEqual(before);
    });

    it('keep their version when a look taught nothing, and when to look again', async () => {
      await add('c1');
      await charges.update('c1', (charge) => charge.begin(seen('pi-c1', 'requires_payment_method'), NOW));
      const { version, checks } = (await charges.find('c1'))!.state;
      const later = msAfter(NOW, MINUTE_MS);
      const looked = await charges.update('c1', (charge) =>
        charge.observe(seen('pi-c1', 'requires_payment_method'), later),
      );
      const { state } = (await charges.find('c1'))!;
      expect(state).toMatchObject({ version, checks: checks + 1, checkAt: looked!.state.checkAt });
      expect(state.checkAt!.getTime()).toBeGreaterThan(later.getTime());
    });

    it('are saved with their receipt, books and facts', async () => {
      await add('c1');
      await authorise('c1');
      const captured = await capture('c1');
      expect(captured!.state).toMatchObject({ status: 'paid', receiptNumber: expect.stringMatching(/^\d{4}-\d{6}$/) });
      expect((await charges.find('c1'))!.state).toEqual(captured!.state);
      expect(await under.facts()).toEqual(['authorised', 'captured']);
      const booked = ['c1:authorised:1', 'c1:captured', 'c1:fee', 'c1:released:1'];
      expect((await under.booked()).sort()).toEqual(booked);
    });

    it('of one doctor are all saved with their books, of six that are taken at once', async () => {
      const ids = Array.from({ length: 6 }, (_, n) => `c${n}`);
      for (const id of ids) await add(id);
      await Promise.all(ids.map(authorise));
      const paid = await Promise.all(ids.map(capture));
      expect(new Set(paid.map((charge) => charge!.state.receiptNumber)).size).toBe(6);
      expect((await under.booked()).filter((id) => id.endsWith(':captured'))).toHaveLength(6);
    });

    it('that are due are given to one, the oldest first, and to nobody else before its time is over', async () => {
      for (const [n, id] of ['late', 'early', 'next'].entries()) {
        await add(id);
        await charges.putOff(id, msAfter(NOW, [-1_000, -2_000, 5_000][n]!));
      }
      const until = msAfter(NOW, MINUTE_MS);
      const [one, other] = await Promise.all([charges.takeDue(NOW, until, 10), charges.takeDue(NOW, until, 10)]);
      expect([...one.ids, ...other.ids].sort()).toEqual(['early', 'late']);
      expect(await charges.takeDue(NOW, until, 10)).toEqual({ ids: [], next: msAfter(NOW, 5_000) });
      await charges.putOff('next', null);
      expect((await charges.takeDue(until, msAfter(until, 1), 1)).ids).toHaveLength(1);
    });

    it('that are due are told of at once while there are more of them, and taken again when nobody settled them', async () => {
      const ids = Array.from({ length: 7 }, (_, n) => `c${n}`);
      for (const id of ids) {
        await add(id);
        await charges.putOff(id, NOW);
      }
      const until = msAfter(NOW, MINUTE_MS);
      const first = await charges.takeDue(NOW, until, 5);
      expect([first.ids.length, first.next]).toEqual([5, NOW]);
      const second = await charges.takeDue(NOW, until, 5);
      expect([...first.ids, ...second.ids].sort()).toEqual(ids);
      const [settled, ...lost] = ids;
      await authorise(settled!);
      await charges.putOff(settled!, null);
      expect((await charges.takeDue(until, msAfter(until, 1), 9)).ids.sort()).toEqual(lost);
      // Whose turn it is is no part of a charge.
      expect((await charges.find(lost[0]!))!.state).toEqual({
        ...(await add('like')),
        id: lost[0],
        appointmentId: `of-${lost[0]}`,
        checkAt: msAfter(until, 1),
      });
    });

    it('are put off only while they are as they were known', async () => {
      await add('c1');
      await charges.putOff('c1', msAfter(NOW, 1), { version: 7, failures: 3 });
      expect((await charges.find('c1'))!.state.checkAt).toBeNull();
      await charges.putOff('c1', msAfter(NOW, 1), { version: 1, failures: 3 });
      expect((await charges.find('c1'))!.state).toMatchObject({ checkAt: msAfter(NOW, 1), failures: 3 });
    });

    it('are listed to their patient, newest first, by state and time', async () => {
      await add('c1');
      await add('c2', {}, msAfter(NOW, 1_000));
      await add('c3', { price: { amount: 0, currency: 'TND' } });
      await add('c4', { patientId: 'somebody else' });
      await authorise('c1');
      const list = async (...args: Parameters<Charges['list']>) => (await charges.list(...args)).map(({ id }) => id);
      expect(await list('patient', {}, { limit: 10 })).toEqual(['c2', 'c1']);
      expect(await list('patient', {}, { limit: 10, after: 'c2' })).toEqual(['c1']);
      expect(await list('patient', {}, { limit: 0 })).toEqual(['c2']);
      expect(await list('patient', { statuses: ['authorised'] }, { limit: 10 })).toEqual(['c1']);
      expect(await list('patient', { from: msAfter(NOW, 1) }, { limit: 10 })).toEqual(['c2']);
      expect(await list('patient', { to: msAfter(NOW, 1) }, { limit: 10 })).toEqual(['c1']);
    });

    it('with a step that is refused are listed, longest first', async () => {
      for (const [n, id] of ['c1', 'c2'].entries()) {
        await add(id);
        await authorise(id);
        await charges.update(id, (charge) => {
          charge.follow(news(`of-${id}`, { status: 'accepted', sequence: 2 }), NOW);
          charge.refuse({ kind: 'capture' }, 'no', msAfter(NOW, -n * 1_000));
        });
      }
      expect((await charges.refused(10)).map(({ id }) => id)).toEqual(['c2', 'c1']);
      expect(await charges.refused(1)).toHaveLength(1);
    });
  });
}
