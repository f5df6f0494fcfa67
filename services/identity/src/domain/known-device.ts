/**
 * A browser in which accounts have signed in before, as its cookie says: a random id, and for each account a proof that
 * only we can make. After OWASP's « Slow Down Online Guessing Attacks with Device Cookies ».
 */
export interface KnownDevice {
  readonly id: string;
  /** Of the account that signed in last, first. */
  readonly proofs: readonly string[];
}

/** A family, or the colleagues at one desk. */
export const ACCOUNTS_PER_DEVICE = 5;

export abstract class DeviceProofs {
  abstract proofOf(deviceId: string, accountId: string): string;
}

export const writeDevice = ({ id, proofs }: KnownDevice): string => [id, ...proofs].join('.');

/** Undefined for anything that {@link writeDevice} did not make. */
export function readDevice(text: string | undefined): KnownDevice | undefined {
  const [id = '', ...proofs] = (text ?? '').slice(0, 512).split('.');
  const isOurs = /^[\w-]{1,64}$/.test(id) && proofs.every((proof) => /^[\w-]{43}$/.test(proof));
  return isOurs && proofs.length <= ACCOUNTS_PER_DEVICE ? { id, proofs } : undefined;
}

/** True when the account has signed in on this device before. */
export const isKnownTo = (device: KnownDevice, accountId: string, proofs: DeviceProofs): boolean =>
  device.proofs.includes(proofs.proofOf(device.id, accountId));

/** The device after the account has signed in; the one that did so longest ago may be forgotten for it. */
export function remembering({ id, proofs: known }: KnownDevice, accountId: string, proofs: DeviceProofs): KnownDevice {
  const proof = proofs.proofOf(id, accountId);
  return { id, proofs: [proof, ...known.filter((other) => other !== proof)].slice(0, ACCOUNTS_PER_DEVICE) };
}
