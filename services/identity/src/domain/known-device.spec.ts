import { describe, expect, it } from '@jest/globals';
import {
  type DeviceProofs,
  isKnownTo,
  type KnownDevice,
  readDevice,
  remembering,
  writeDevice,
} from './known-device.js';

const proofs: DeviceProofs = { proofOf: (device, account) => `${device}-${account}`.padEnd(43, '_') };
const blank: KnownDevice = { id: 'laptop', proofs: [] };

describe('a known device', () => {
  it('is known to the accounts that have signed in on it, the last five', () => {
    const accounts = ['a', 'b', 'c', 'd', 'e', 'f'];
    const device = accounts.reduce((before, account) => remembering(before, account, proofs), blank);
    expect(accounts.filter((account) => isKnownTo(device, account, proofs))).toEqual(['b', 'c', 'd', 'e', 'f']);
    const again = remembering(device, 'b', proofs);
    expect(again.proofs).toHaveLength(5);
    expect(remembering(again, 'g', proofs).proofs).toContain(proofs.proofOf('laptop', 'b'));
  });

  it('is read back as it was written', () => {
    const device = remembering(remembering(blank, 'a', proofs), 'b', proofs);
    expect(readDevice(writeDevice(device))).toEqual(device);
    expect(readDevice(writeDevice(blank))).toEqual(blank);
  });

  it('is known on no other device', () => {
    const { proofs: stolen } = remembering(blank, 'a', proofs);
    expect(isKnownTo({ id: 'phone', proofs: stolen }, 'a', proofs)).toBe(false);
  });

  it.each([undefined, '', '.', `.${'a'.repeat(43)}`, 'laptop.short', `laptop.${'a'.repeat(44)}`, 'a b', '{"$gt":""}'])(
    'is not %j',
    (text) => {
      expect(readDevice(text)).toBeUndefined();
    },
  );

  it('is none with more accounts than we write', () => {
    expect(readDevice(['laptop', ...Array.from({ length: 6 }, () => 'a'.repeat(43))].join('.'))).toBeUndefined();
  });
});
