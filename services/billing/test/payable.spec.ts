import { describe, expect, it } from '@jest/globals';
import { Charge } from '../src/domain/charge.js';
import type { AppointmentStatus } from '../src/domain/charge-state.js';
import { visit } from './visit-fixture.js';

async function payable(...statuses: AppointmentStatus[]): Promise<boolean> {
  const fixture = visit();
  for (const status of statuses) await fixture.deliver(status);
  return Charge.restore(fixture.state()).isPayable;
}

describe('a payment', () => {
  it('can be made once the doctor has accepted, also after the visit', async () => {
    expect(await payable('requested')).toBe(false);
    expect(await payable('requested', 'accepted')).toBe(true);
    expect(await payable('requested', 'accepted', 'completed')).toBe(true);
  });

  it('can be made of nothing that is over without a visit', async () => {
    for (const status of ['cancelled', 'rejected', 'missed'] as const)
      expect(await payable('requested', 'accepted', status)).toBe(false);
  });

  it('is made once', async () => {
    const fixture = visit();
    await fixture.deliver('accepted');
    await fixture.pay();
    expect(Charge.restore(fixture.state()).isPayable).toBe(false);
  });
});
