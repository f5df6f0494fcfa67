import type { AppointmentNews } from '../src/domain/appointment-news.js';
import type { AppointmentStatus, Timing } from '../src/domain/charge-state.js';
import { DAY_MS } from '../src/domain/values.js';
import { billingInMemory, payer } from './in-memory.js';
import { card } from './provider-in-memory.js';

interface Terms {
  timing?: Timing;
  price?: number;
  daysAhead?: number;
}

/** One appointment whose facts are told one after the other. */
export function visit({ timing = 'after-acceptance', price = 60_000, daysAhead = 2 }: Terms = {}) {
  const fixture = billingInMemory();
  const [{ follow, pay, settle, webhook }] = fixture.processes;
  const startsAt = new Date(fixture.clock.now().getTime() + daysAhead * DAY_MS);
  let sequence = 0;
  const deliver = (status: AppointmentStatus, refund?: number, more: Partial<AppointmentNews> = {}) => {
    const news: AppointmentNews = {
      appointmentId: 'a1',
      patientId: 'p1',
      doctorId: 'd1',
      startsAt,
      mode: 'video',
      price: { amount: price, currency: 'TND' },
      timing,
      status,
      sequence: (sequence += 1),
      ...(refund !== undefined && { refund }),
      ...more,
    };
    return follow.execute([news]);
  };
  const state = () => [...fixture.charges.states.values()][0]!;
  return {
    ...fixture,
    deliver,
    state,
    webhook,
    /** @param methodId null where the page is to confirm */
    pay: (methodId: string | null = card.good) =>
      pay.execute({ by: payer, appointmentId: 'a1', ...(methodId !== null && { methodId }), saveMethod: false }),
    settle: () => settle.attempt(state().id),
    taken: () =>
      [...fixture.provider.intents.values()].reduce((sum, { captures, amount }) => sum + captures * amount, 0),
    back: () => [...fixture.provider.intents.values()].flatMap(({ refunds }) => refunds),
    /** As the jobs do: whatever is due, for so long. How often anything was tried. */
    async live(ms: number): Promise<number> {
      let attempts = 0;
      for (const end = fixture.clock.now().getTime() + ms; ;) {
        const { checkAt } = state();
        if (checkAt === null || checkAt.getTime() > end) break;
        fixture.clock.pass(Math.max(0, checkAt.getTime() - fixture.clock.now().getTime()));
        attempts += 1;
        await settle.attempt(state().id).catch(() => undefined);
      }
      return attempts;
    },
  };
}
