import { describe, expect, it, vi } from 'vitest';
import { applyFieldProblems, hasOnlyFieldProblems } from './forms';
import { ProblemError } from './problems';

const refusal = new ProblemError(422, 'validation-failed', 'Des champs manquent.', [
  { field: 'email', code: 'required', message: 'Il manque.' },
  { field: 'password', code: 'weak-password', message: 'Trop simple.' },
]);
const taken = new ProblemError(409, 'email-taken', 'Déjà pris.');

describe('refusals of a form', () => {
  it('are said at their fields, and the first of them has the focus', () => {
    const setError = vi.fn();
    applyFieldProblems(refusal, setError);
    expect(setError.mock.calls).toEqual([
      ['email', { message: 'Il manque.' }, { shouldFocus: true }],
      ['password', { message: 'Trop simple.' }, { shouldFocus: false }],
    ]);
    expect(hasOnlyFieldProblems(refusal)).toBe(true);
  });

  it('of one field keep their code, so that the form can offer what helps', () => {
    const setError = vi.fn();
    applyFieldProblems(taken, setError, { 'email-taken': 'email' });
    expect(setError).toHaveBeenCalledWith(
      'email',
      { type: 'email-taken', message: 'Déjà pris.' },
      { shouldFocus: true },
    );
    expect(hasOnlyFieldProblems(taken, ['email-taken'])).toBe(true);
  });

  it('that are of no field are said beside it', () => {
    const setError = vi.fn();
    applyFieldProblems(new ProblemError(0, 'offline', ''), setError);
    expect(setError).not.toHaveBeenCalled();
    expect(hasOnlyFieldProblems(taken)).toBe(false);
  });
});
