import { Injectable } from '@nestjs/common';
import { DeviceProofs, isKnownTo, readDevice, remembering, writeDevice } from '../domain/known-device.js';
import { Randomness } from '../domain/ports.js';

/** Browsers in which people have signed in before, kept by the browsers themselves. */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly proofs: DeviceProofs,
    private readonly randomness: Randomness,
  ) {}

  /** The device's id, when the account has signed in on it before. */
  idOf(cookie: string | undefined, accountId: string): string | undefined {
    const device = readDevice(cookie);
    return device && isKnownTo(device, accountId, this.proofs) ? device.id : undefined;
  }

  /** The cookie of the device, known or new, after the account has signed in on it. */
  remember(cookie: string | undefined, accountId: string): string {
    const device = readDevice(cookie) ?? { id: this.randomness.id(), proofs: [] };
    return writeDevice(remembering(device, accountId, this.proofs));
  }
}
