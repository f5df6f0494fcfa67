import { topology } from '@medflow/contracts';
import { InProcessBus } from '@medflow/messaging';
import { type Answer, type Identified, ServiceHarness, testDatabase } from '@medflow/testing';
import { gateway } from '../src/index.js';
import { FakeService } from './fake-services.js';

export const doctor: Identified = { id: 'doctor-1', role: 'doctor' };
export const patient: Identified = { id: 'patient-1', role: 'patient' };
export const admin: Identified = { id: 'admin-1', role: 'admin' };
export const person = { id: 'doctor-1', firstName: 'Karim', lastName: 'Trabelsi' };
export const appointment = {
  id: 'appointment-1',
  status: 'accepted',
  startsAt: '2026-11-23T09:00:00.000Z',
  doctor: person,
};
export const request = { ...appointment, id: 'appointment-2', status: 'requested' };
export const due = {
  appointmentId: 'appointment-1',
  amount: { amount: 60_000, currency: 'TND' },
  doctor: person,
  startsAt: '2026-11-23T09:00:00.000Z',
  status: 'due',
};
export const visit = { appointmentId: 'appointment-3', doctor: person, startsAt: '2026-11-20T09:00:00.000Z' };
export const review = { id: 'review-1', createdAt: '2026-11-20T09:00:00.000Z', stars: 5 };
export const names = ['scheduling', 'billing', 'feedback', 'profiles', 'notifications'] as const;

type Services = Record<(typeof names)[number], FakeService>;

/** The gateway before services that know a doctor and a patient. */
export class CompositionHarness {
  private constructor(
    private readonly bus: InProcessBus,
    private readonly busDatabase: Awaited<ReturnType<typeof testDatabase>>,
    readonly services: Services,
    readonly door: ServiceHarness,
  ) {}

  static async start(): Promise<CompositionHarness> {
    const busDatabase = await testDatabase('bus');
    const bus = new InProcessBus(busDatabase.client.db());
    bus.declare(topology);
    const services = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await FakeService.start()] as const)),
    ) as Services;
    const upstreams: Record<string, string> = Object.fromEntries(names.map((name) => [name, services[name].url]));
    const door = await ServiceHarness.start(gateway, { kind: 'in-process', bus }, { upstreams, mongoUri: '' });
    upstreams.identity = door.identity.url;
    const harness = new CompositionHarness(bus, busDatabase, services, door);
    harness.fill();
    return harness;
  }

  async stop(): Promise<void> {
    await this.door.stop();
    await Promise.all(names.map((name) => this.services[name].stop()));
    this.bus.close();
    await this.busDatabase.drop();
  }

  /** All services answer again, and have forgotten what they were asked. */
  recover(): void {
    for (const name of names) this.services[name].recovers();
  }

  get(path: string, as?: Identified, headers: Record<string, string> = {}): Promise<Answer> {
    return this.door.call('GET', `/api/v1${path}`, { ...(as && { as }), headers });
  }

  /** What they know unless a test changes it. */
  fill(): void {
    const figures = '/internal/figures/doctors/doctor-1';
    this.services.scheduling.knows(figures, {
      timeZone: 'Africa/Tunis',
      days: [
        { day: '2026-11-01', consultations: 2, noShows: 1, cancelled: 0, requested: 3 },
        { day: '2026-11-02', consultations: 5, noShows: 0, cancelled: 1, requested: 6 },
      ],
    });
    this.services.billing.knows(figures, {
      currency: 'TND',
      days: [{ day: '2026-11-02', income: 120_010, refunds: 30_005, fees: 3_601 }],
    });
    this.services.feedback.knows(figures, {
      average: 4.5,
      count: 2,
      days: [{ day: '2026-11-02', count: 2, stars: 9 }],
    });
    this.services.scheduling.knows('/internal/appointments/doctors/doctor-1/agenda', {
      timeZone: 'Africa/Tunis',
      today: [appointment],
      requests: { count: 7, items: [request] },
    });
    this.services.scheduling.knows('/internal/appointments/patients/patient-1/agenda', {
      next: appointment,
      paymentsDue: [due],
    });
    this.services.feedback.knows('/internal/feedback/doctors/doctor-1/latest', { items: [review] });
    this.services.feedback.knows('/internal/feedback/patients/patient-1/to-rate', { items: [visit] });
    this.services.profiles.knows('/doctors/me', { id: 'doctor-1', missing: ['biography'], verification: 'pending' });
    this.services.profiles.knows('/patients/me', { id: 'patient-1', missing: [], completeness: 83 });
    this.services.notifications.knows('/notifications', { items: [], nextCursor: null, unread: 4 });
  }
}
