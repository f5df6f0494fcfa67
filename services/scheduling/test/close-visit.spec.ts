import { CloseVisitHandler } from '../src/application/close-visit.js';
import type { AnswerAppointmentHandler } from '../src/application/answer-appointment.js';

const closing = (failure?: object) => {
  const asked: unknown[] = [];
  const complete = async (target: unknown) => {
    asked.push(target);
    if (failure) throw Object.assign(new Error('refused'), failure);
  };
  return { asked, handler: new CloseVisitHandler({ complete } as unknown as AnswerAppointmentHandler) };
};

describe('a visit by video that its doctor has ended', () => {
  it('completes the appointment in the doctor’s name', async () => {
    const { asked, handler } = closing();
    await handler.execute('visit', 'doctor');
    expect(asked).toEqual([{ appointmentId: 'visit', by: { id: 'doctor', role: 'doctor', addressProven: true } }]);
  });

  it.each(['not-found', 'invalid-transition', 'too-early', 'not-practising'])(
    'leaves an appointment as it is that answers %s',
    async (code) => {
      await expect(closing({ code }).handler.execute('visit', 'doctor')).resolves.toBeUndefined();
    },
  );

  it('is told again where the database is out', async () => {
    await expect(closing({ code: 'unavailable' }).handler.execute('visit', 'doctor')).rejects.toThrow('refused');
  });
});
