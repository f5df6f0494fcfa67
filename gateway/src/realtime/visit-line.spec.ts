import { describe, expect, it } from '@jest/globals';
import { type Visitor, VisitLine } from './visit-line.js';

class Calls {
  readonly said: [string, string, object][] = [];
  fails = false;
  presence = (appointmentId: string, word: object) => this.note('presence', appointmentId, word);
  signal = (appointmentId: string, word: object) => this.note('signal', appointmentId, word);
  private async note(name: string, appointmentId: string, word: object): Promise<void> {
    if (this.fails) throw new Error('refused');
    this.said.push([name, appointmentId, word]);
  }
}

class Socket {
  readonly events: string[] = [];
  gone = false;
  emit = (event: string) => this.events.push(event);
  disconnect = () => (this.gone = true);
}

const patient = (): Visitor => ({ accountId: 'p', role: 'patient' });
const entered = async () => {
  const calls = new Calls();
  let now = 0;
  const line = new VisitLine(calls, () => now);
  const [visitor, socket] = [patient(), new Socket()];
  await line.enter(visitor, { appointmentId: 'visit-1', participantId: 'p', device: 'phone' });
  return { calls, line, visitor, socket, pass: (ms: number) => (now += ms) };
};
const signal = { appointmentId: 'visit-1', to: 'd', data: { kind: 'hello' } };

describe('the line of a visit', () => {
  it('tells that a page is open, and that its connection is gone', async () => {
    const { calls, line, visitor } = await entered();
    await line.left(visitor);
    const who = { accountId: 'p', role: 'patient', device: 'phone' };
    expect(calls.said).toEqual([
      ['presence', 'visit-1', { ...who, online: true }],
      ['presence', 'visit-1', { ...who, online: false }],
    ]);
  });

  it('passes on what the page says, with the device that it entered with', async () => {
    const { calls, line, visitor, socket } = await entered();
    await line.signal(visitor, socket, { ...signal, device: 'another' });
    expect(calls.said.at(-1)).toEqual([
      'signal',
      'visit-1',
      { accountId: 'p', role: 'patient', device: 'phone', to: 'd', data: '{"kind":"hello"}' },
    ]);
  });

  it('knows a guest by their seat alone', async () => {
    const calls = new Calls();
    const line = new VisitLine(calls);
    await line.enter({ seat: 'secret' }, { appointmentId: 'visit-1', device: 'phone' });
    expect(calls.said).toEqual([['presence', 'visit-1', { seat: 'secret', device: 'phone', online: true }]]);
  });

  it.each([
    ['nothing', undefined],
    ['no object', 'signal'],
    ['another visit', { ...signal, appointmentId: 'visit-2' }],
    ['nobody', { ...signal, to: undefined }],
    ['an operator', { ...signal, to: { $ne: '' } }],
    ['no data', { ...signal, data: undefined }],
    ['too much', { ...signal, data: 'x'.repeat(70_000) }],
  ])('passes on nothing of %s', async (_, word) => {
    const { calls, line, visitor, socket } = await entered();
    await line.signal(visitor, socket, word);
    expect(calls.said).toHaveLength(1);
  });

  it('is not for administrators, nor for who has entered nothing', async () => {
    const calls = new Calls();
    const line = new VisitLine(calls);
    await line.enter({ accountId: 'a', role: 'admin' }, { appointmentId: 'visit-1', device: 'phone' });
    await line.signal(patient(), new Socket(), signal);
    expect(calls.said).toEqual([]);
  });

  it('takes a flood no further, says so once, and cuts off who goes on', async () => {
    const { calls, line, visitor, socket, pass } = await entered();
    for (let n = 0; n < 300; n += 1) await line.signal(visitor, socket, signal);
    expect(calls.said).toHaveLength(1 + 200);
    expect(socket.events).toEqual(['signal:refused']);
    expect(socket.gone).toBe(false);
    pass(1_000);
    await line.signal(visitor, socket, signal);
    expect(calls.said).toHaveLength(1 + 201);
    for (let n = 0; n < 300; n += 1) await line.signal(visitor, socket, signal);
    expect(socket.gone).toBe(true);
  });

  it('goes on where consultations refuses', async () => {
    const { calls, line, visitor, socket } = await entered();
    calls.fails = true;
    await line.signal(visitor, socket, signal);
    await line.left(visitor);
    expect(calls.said).toHaveLength(1);
  });
});
