import { CloseVisitHandler } from '../src/application/close-visit.js';
import type { AnswerAppointmentHandler } from '../src/application/answer-appointment.js';

const closing = (failure?: object) => {
  const asked: unknown[] = [];
  const answer = (name: string) => async (target: unknown) => {
    asked.push([name, target]);
    if (failure) throw Object.assign(new Error('refused'), failure);
  };
  const answers = { complete: answer('complete'), declineVideo: answer('declineVideo') };
  return { asked, handler: new CloseVisitHandler(answers as unknown as AnswerAppointmentHandler) };
};

describe('a visit by video that its doctor has ended', () => {
  it.each([
    ['completes the appointment', false, 'complete'],
    ['calls the appointment off where it was unsuitable', true, 'declineVideo'],
  ])('%s, in the doctor’s name', async (_, isUnsuitable, step) => {
    const { asked, handler } = closing();
    await handler.execute('visit', 'doctor', isUnsuitable);
    const by = { id: 'doctor', role: 'doctor', addressProven: true };
    expect(asked).toEqual([[step, { appointmentId: 'visit', by }]]);
  });

  it.each(['not-found', 'invalid-transition', 'too-early', 'not-practising'])(
    'leaves an appointment as it is that answers %s',
    async (code) => {
      for (const isUnsuitable of [false, true])
        await expect(closing({ code }).handler.execute('visit', 'doctor', isUnsuitable)).resolves.toBeUndefined();
    },
  );

  it('is told again where the database is out', async () => {
    await expect(closing({ code: 'unavailable' }).handler.execute('visit', 'doctor', false)).rejects.toThrow('refused');
  });
});
