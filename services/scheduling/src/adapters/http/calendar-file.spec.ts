import { describe, expect, it } from '@jest/globals';
import { calendarFile, type CalendarEvent } from './calendar-file.js';

const NOW = new Date('2026-11-20T08:00:00.500Z');
const event: CalendarEvent = {
  uid: 'appointment-a1@medflow',
  sequence: 3,
  status: 'CONFIRMED',
  startsAt: new Date('2026-11-23T09:30:00Z'),
  endsAt: new Date('2026-11-23T10:00:00Z'),
  summary: 'Rendez-vous avec Dr Leïla Ben Salah',
  description: 'En vidéo',
};
const fileOf = (changes: Partial<CalendarEvent> = {}): string => calendarFile({ ...event, ...changes }, NOW);
const unfolded = (file: string): string[] => file.replaceAll('\r\n ', '').trimEnd().split('\r\n');

describe('a calendar file', () => {
  it('is one event with the times in UTC, every line ended as RFC 5545 wants it', () => {
    const file = fileOf();
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(unfolded(file)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//MedFlow//Appointments//FR',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:appointment-a1@medflow',
      'DTSTAMP:20261120T080000Z',
      'SEQUENCE:3',
      'DTSTART:20261123T093000Z',
      'DTEND:20261123T100000Z',
      'SUMMARY:Rendez-vous avec Dr Leïla Ben Salah',
      'DESCRIPTION:En vidéo',
      'STATUS:CONFIRMED',
      'TRANSP:OPAQUE',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  it.each(['é', 'م', '€', '😀', 'a'])(
    'breaks long lines at 75 octets and never within a character: %s',
    (character) => {
      const summary = character.repeat(200);
      const file = fileOf({ summary });
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(unfolded(file)).toContain(`SUMMARY:${summary}`);
    },
  );

  it('lets no name become a line or a property of its own', () => {
    const lines = unfolded(fileOf({ summary: 'A\r\nATTENDEE:mailto:x@example.tn;B,C\\D\u0007' }));
    expect(lines).toContain('SUMMARY:A\\nATTENDEE:mailto:x@example.tn\\;B\\,C\\\\D');
    expect(lines).toHaveLength(18);
  });

  it('blocks no time once it is cancelled', () => {
    expect(unfolded(fileOf({ status: 'CANCELLED' }))).toEqual(
      expect.arrayContaining(['STATUS:CANCELLED', 'TRANSP:TRANSPARENT']),
    );
  });
});
