import { describe, expect, it } from '@jest/globals';
import { type Answering, anyTime, isAnswered, wallTimeOf } from './answering.js';
import { type Circumstances, Conversation, type Draft, obstacleTo } from './conversation.js';
import { CareEnded, ConversationClosed, DoctorUnavailable, NotPractising } from './conversation-errors.js';
import { fileNameOf } from './file-name.js';
import { isFoundIn, keysOf, wordsOf } from './words.js';

const now = new Date('2026-11-30T09:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const monday = { weekday: 1, time: '10:00' };
const open = (more: Partial<Circumstances> = {}): Circumstances => ({
  isCareOpen: true,
  mayPractise: true,
  answering: anyTime,
  ...more,
});
const draft = (id: string, text = 'Bonjour'): Draft => ({ id, text, files: [], digest: 'd' });
const conversation = () => Conversation.open('c', { doctorId: 'karim', patientId: 'amina' }, now);
const absent = (more: Partial<Answering> = {}) => open({ answering: { autoReply: 'Absent', hours: [], ...more } });

describe('a conversation', () => {
  it('numbers its messages and counts what the other has not read', () => {
    const talk = conversation();
    talk.send('patient', draft('m1'), open(), monday, now);
    talk.send('doctor', draft('m2'), open(), monday, now);
    talk.send('patient', draft('m3'), open(), monday, later(1));
    expect(talk.change.messages.map(({ message: { number, authorId } }) => [number, authorId])).toEqual([
      [1, 'amina'],
      [2, 'karim'],
      [3, 'amina'],
    ]);
    const { last, lastAt, doctor, patient } = talk.state;
    expect([last, lastAt, doctor.unread, patient.unread]).toEqual([3, later(1), 2, 1]);
  });

  it('is read no further than it goes, never back, and delivered by that', () => {
    const talk = conversation();
    talk.send('patient', draft('m1'), open(), monday, now);
    talk.read('doctor', 9, 0, now);
    expect(talk.state.doctor).toEqual({ delivered: 1, read: 1, unread: 0, readings: 1, readAt: now });
    const facts = talk.facts.length;
    talk.read('doctor', 1, 0, now);
    talk.deliver('doctor', 1, now);
    expect(talk.facts).toHaveLength(facts);
    expect(talk.change).toMatchObject({
      read: { authorId: 'amina', after: 0, upTo: 1, at: now },
      delivered: { authorId: 'amina', after: 0, upTo: 1, at: now },
    });
  });

  it.each([
    ['the care has ended', { isCareOpen: false }, CareEnded, CareEnded],
    ['the doctor may see nobody', { mayPractise: false }, NotPractising, DoctorUnavailable],
  ])('takes nothing once %s, and says why', (_, more, forDoctor, forPatient) => {
    const talk = conversation();
    expect(() => talk.send('doctor', draft('m'), open(more), monday, now)).toThrow(forDoctor);
    expect(() => talk.send('patient', draft('m'), open(more), monday, now)).toThrow(forPatient);
    expect([talk.facts, talk.state === talk.saved]).toEqual([[], true]);
  });

  it('that is closed without an answer takes nothing of the patient', () => {
    const talk = conversation();
    talk.close({ closed: true });
    expect(() => talk.send('patient', draft('m'), open(), monday, now)).toThrow(ConversationClosed);
    expect(obstacleTo(talk.state, 'doctor', open())).toBeUndefined();
    talk.close({ closed: true, autoReply: null });
    expect(obstacleTo(talk.state, 'patient', absent())).toBeInstanceOf(ConversationClosed);
  });

  it('that is closed with an answer gives it, once in 24 hours, and it counts as unread for nobody', () => {
    const talk = conversation();
    talk.close({ closed: true, autoReply: 'Absent jusqu’à lundi' });
    for (const [id, at] of [
      ['m1', now],
      ['m2', later(23)],
      ['m3', later(24)],
    ] as const)
      talk.send('patient', draft(id), open(), monday, at);
    expect(talk.change.messages.map(({ message }) => message.id)).toEqual(['m1', 'm1.a', 'm2', 'm3', 'm3.a']);
    expect([talk.state.patient.unread, talk.state.doctor.unread]).toEqual([0, 3]);
  });

  it('answers by itself outside the doctor’s hours, of this conversation before those for all', () => {
    const morning = [{ weekday: 1, start: '08:00', end: '12:00' }];
    const told = (hours: Answering['hours'], own?: Answering['hours']) => {
      const talk = conversation();
      if (own) talk.close({ closed: false, hours: own });
      talk.send('patient', draft('m'), absent({ hours }), monday, now);
      return talk.change.messages.length - 1;
    };
    expect([told(morning), told([{ ...morning[0]!, weekday: 2 }]), told([])]).toEqual([0, 1, 0]);
    expect(told(morning, [{ weekday: 3, start: '08:00', end: '12:00' }])).toBe(1);
  });

  it('never answers a doctor by itself', () => {
    const talk = conversation();
    talk.close({ closed: true, autoReply: 'Absent' });
    talk.send('doctor', draft('m'), open(), monday, now);
    expect(talk.change.messages).toHaveLength(1);
  });
});

describe('the hours of a doctor', () => {
  it('are those of the place', () => {
    expect(wallTimeOf(new Date('2026-11-30T23:30:00Z'), 'Africa/Tunis')).toEqual({ weekday: 2, time: '00:30' });
    expect(wallTimeOf(new Date('2026-11-29T12:00:00Z'), 'Africa/Tunis')).toEqual({ weekday: 7, time: '13:00' });
  });

  it('hold from their start until before their end, and midnight is an end', () => {
    const hours = [{ weekday: 1, start: '08:00', end: '24:00' }];
    const at = (time: string, weekday = 1) => isAnswered(hours, { weekday, time });
    expect([at('07:59'), at('08:00'), at('23:59'), at('10:00', 2)]).toEqual([false, true, true, false]);
  });
});

describe('words', () => {
  it('are compared without accents and case, in every script', () => {
    expect(wordsOf('Une FIÈVRE, une fièvre; à 39 °C — الحُمّى')).toEqual(['une', 'fievre', '39', 'الحمى']);
  });

  it('are found by how they begin, from the third letter on', () => {
    expect(keysOf('fièvre').sort()).toEqual(['fie', 'fiev', 'fievr', 'fievre']);
    expect(isFoundIn('Zeïneb Oueslati', ['zein', 'ou'])).toBe(true);
    expect(isFoundIn('Zeïneb Oueslati', ['zein', 'ben'])).toBe(false);
  });

  it('of a long text are counted, lest a message fill an index', () => {
    const text = Array.from({ length: 900 }, (_, at) => `mot${at}`).join(' ');
    expect(keysOf(text).length).toBeLessThan(900);
  });
});

describe('the name of a file', () => {
  it.each([
    ['Ordonnance été.pdf', 'Ordonnance été.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\a\\analyse.PDF', 'analyse.pdf'],
    ['a\u202efdp.exe', 'afdp.pdf'],
    ['a"b\r\nX: y.pdf', 'abX y.pdf'],
    ['...', 'document.pdf'],
    ['', 'document.pdf'],
  ])('%j is kept as %j', (sent, kept) => {
    expect(fileNameOf(sent, 'application/pdf')).toBe(kept);
  });
});
