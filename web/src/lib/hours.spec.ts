import { describe, expect, it } from 'vitest';
import { endAsTyped, endOfShown, endOfTyped, hoursAround, minutesOf, wallAt, without } from './hours';

describe('hours of a day', () => {
  it('end at 24:00, which a time field and a grid cannot say', () => {
    expect([endAsTyped('24:00'), endOfTyped('00:00'), endOfShown('23:59:59'), endOfShown('00:00:00')]).toEqual([
      '00:00',
      '24:00',
      '24:00',
      '24:00',
    ]);
    expect([endAsTyped('12:30'), endOfTyped('12:30'), endOfShown('12:30:00')]).toEqual(['12:30', '12:30', '12:30']);
  });

  it('are counted in minutes', () => {
    expect(minutesOf('24:00')).toBe(1440);
    expect(wallAt(minutesOf('07:05') + 60)).toBe('08:05');
  });

  it('leave what others do not have', () => {
    expect(
      without(
        ['08:00', '18:00'],
        [
          ['09:00', '12:00'],
          ['11:00', '13:00'],
        ],
      ),
    ).toEqual([
      ['08:00', '09:00'],
      ['13:00', '18:00'],
    ]);
    expect(without(['09:00', '12:00'], [['08:00', '24:00']])).toEqual([]);
  });

  it('are shown from a whole hour to a whole hour', () => {
    const least: [string, string] = ['08:00', '18:00'];
    expect(hoursAround([{ start: '09:30', end: '18:30' }], least)).toEqual({
      startTime: '08:00:00',
      endTime: '19:00:00',
    });
    expect(hoursAround([{ start: '06:15', end: '24:00' }], least)).toEqual({
      startTime: '06:00:00',
      endTime: '23:59:59',
    });
  });
});
