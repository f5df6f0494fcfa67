const NAME = 'medflow.visit-device';
const JOINED = 'medflow.visit-joined';

/** This tab, also after a reload: a second tab or another device is another one. */
export function thisDevice(): string {
  const known = sessionStorage.getItem(NAME);
  const device = known ?? crypto.randomUUID();
  if (!known) sessionStorage.setItem(NAME, device);
  return device;
}

/** Whoever was in the call before a reload comes back without being asked again. */
export const joined = {
  is: (appointmentId: string): boolean => sessionStorage.getItem(JOINED) === appointmentId,
  note: (appointmentId: string): void => sessionStorage.setItem(JOINED, appointmentId),
  forget: (): void => sessionStorage.removeItem(JOINED),
};

export const canCall = (): boolean =>
  typeof RTCPeerConnection !== 'undefined' && navigator.mediaDevices?.getUserMedia !== undefined;
