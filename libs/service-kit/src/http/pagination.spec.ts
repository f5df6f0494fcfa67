import { outlandishInstants } from '@medflow/testing';
import { decodeCursor, encodeCursor, idKey, instantKey } from './pagination.js';
import { ValidationFailed } from './validation.js';

const read = (keys: (string | number | null)[]) => {
  const [at, id] = decodeCursor(encodeCursor(keys), 2)!;
  return { at: instantKey(at), id: idKey(id) };
};

describe('a cursor of a time and an id', () => {
  it('is read as it was written', () => {
    const at = new Date('2026-11-23T09:00:00.000Z');
    expect(read([at.getTime(), 'a-1'])).toEqual({ at, id: 'a-1' });
  });

  it.each([...outlandishInstants, null, 'yesterday', '2026-11-23', ''])('is refused with the time %j', (time) => {
    expect(() => read([time, 'a-1'])).toThrow(ValidationFailed);
  });

  it.each([null, 7, ''])('is refused with the id %j', (id) => {
    expect(() => read([Date.UTC(2026, 10, 23), id])).toThrow(ValidationFailed);
  });
});
