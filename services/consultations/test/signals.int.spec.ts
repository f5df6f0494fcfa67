import { heldFacts } from '@medflow/testing';
import { consultations } from '../src/index.js';
import { internally, newDoctor, VisitsHarness } from './harness.js';

let harness: VisitsHarness;
beforeAll(async () => {
  harness = await VisitsHarness.start();
});
afterAll(() => harness.stop());

describe('signals', () => {
  const send = (visit: { id: string }, word: object) =>
    harness.call('POST', `/internal/visits/${visit.id}/signals`, undefined, word, internally);

  it('go from one who was let in to another, for them alone', async () => {
    const visit = await harness.live();
    const { status } = await send(visit, {
      accountId: visit.patient.id,
      role: 'patient',
      device: 'phone',
      to: visit.doctor.id,
      data: '{"kind":"hello"}',
    });
    expect(status).toBe(204);
    const [event] = await harness.of(visit, 'signal-sent');
    expect(event!.data).toEqual({
      appointmentId: visit.id,
      from: visit.patient.id,
      to: visit.doctor.id,
      isGuest: false,
      data: '{"kind":"hello"}',
    });
  });

  it('are refused from the door, from elsewhere, from strangers and after the end', async () => {
    const visit = await harness.waiting();
    await harness.step(visit, visit.doctor, 'join', { device: 'desk' });
    const from = (who: { id: string; role: string }, device: string, to: string) =>
      send(visit, { accountId: who.id, role: who.role, device, to, data: '{}' });
    expect((await from(visit.patient, 'phone', visit.doctor.id)).body.code).toBe('nobody-waits');
    await harness.step(visit, visit.doctor, 'admit');
    expect((await from(visit.patient, 'old', visit.doctor.id)).body.code).toBe('elsewhere');
    expect((await from(visit.patient, 'phone', visit.patient.id)).body.code).toBe('nobody-waits');
    expect((await from(newDoctor(), 'x', visit.patient.id)).status).toBe(404);
    const unnamed = await send(visit, { device: 'phone', to: visit.doctor.id, data: '{}' });
    expect(unnamed.status).toBe(404);
    await harness.step(visit, visit.doctor, 'finish');
    expect((await from(visit.patient, 'phone', visit.doctor.id)).body.code).toBe('visit-finished');
    expect(harness.told.filter(({ type, subject }) => subject === visit.id && type.includes('signal-sent'))).toEqual(
      [],
    );
    expect((await harness.call('POST', `/internal/visits/${visit.id}/signals`, visit.patient, {})).status).toBe(401);
  });

  it('and presence are told to the others who are there', async () => {
    const visit = await harness.live();
    const word = { accountId: visit.patient.id, role: 'patient', device: 'phone', online: false };
    const { status } = await harness.call('POST', `/internal/visits/${visit.id}/presence`, undefined, word, internally);
    expect(status).toBe(204);
    const [event] = await harness.of(visit, 'presence-changed');
    expect(event!.data).toMatchObject({ participantId: visit.patient.id, online: false, accounts: [visit.doctor.id] });
  });
});

describe('a visit that is over', () => {
  it('is told again as it was told', async () => {
    await harness.live();
    const visit = await harness.live();
    await harness.step(visit, visit.doctor, 'finish');
    const [event] = await harness.of(visit, 'consultation-finished');
    const facts = await heldFacts(consultations, { mongoUri: harness.service.database.uri });
    const told = facts.filter(({ subject }) => subject === visit.id);
    expect(told.map(({ contract, sequence, data }) => [contract.type, sequence, data])).toEqual([
      [event!.type, event!.sequence, event!.data],
    ]);
    expect(facts.filter(({ contract }) => contract.type === event!.type)).toHaveLength(2);
  });
});
