/** What came of it: a way through the relay, and how much it carries; or why there is none. */
export type RelayResult =
  | { outcome: 'ok'; rttMs: number; kbps: number; protocol: string | undefined }
  | { outcome: 'no-relay' }
  | { outcome: 'blocked' };

export interface RelayOptions {
  iceServers: RTCIceServer[];
  open: (configuration: RTCConfiguration) => RTCPeerConnection;
  now: () => number;
  timeoutMs?: number;
  /** How long it is filled to see how much it carries. */
  loadMs?: number;
}

const CHUNK = new Uint8Array(16 * 1024);
const BUFFERED_AT_MOST = 256 * 1024;

export const isRelay = ({ urls }: RTCIceServer): boolean => [urls].flat().some((url) => /^turns?:/.test(url));

/** Resolves with what happens first. */
function within<T>(ms: number, happens: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([happens, late]).finally(() => clearTimeout(timer));
}

/**
 * Two connections of this browser that may reach each other through the relay alone: what passes has gone out to the relay
 * and come back, as a visit would on a network that lets nothing else through.
 */
export async function testRelay(options: RelayOptions): Promise<RelayResult> {
  const { open, now, timeoutMs = 8_000, loadMs = 1_500 } = options;
  const iceServers = options.iceServers.filter(isRelay);
  if (iceServers.length === 0) return { outcome: 'no-relay' };
  const here = open({ iceServers, iceTransportPolicy: 'relay' });
  const there = open({ iceServers, iceTransportPolicy: 'relay' });
  try {
    const [channel, opposite] = [here, there].map((pc) => pc.createDataChannel('test', { negotiated: true, id: 0 }));
    if (!channel || !opposite) return { outcome: 'blocked' };
    let protocol: string | undefined;
    for (const [pc, other] of [
      [here, there],
      [there, here],
    ] as const)
      pc.onicecandidate = ({ candidate }) => {
        if (!candidate) return;
        protocol ??= (candidate as { relayProtocol?: string }).relayProtocol;
        void other.addIceCandidate(candidate).catch(() => undefined);
      };
    const opened = new Promise<true>((resolve) => (channel.onopen = () => resolve(true)));
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription!);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription!);
    if (!(await within(timeoutMs, opened))) return { outcome: 'blocked' };
    const rttMs = await roundTrip(channel, opposite, now, timeoutMs);
    if (rttMs === undefined) return { outcome: 'blocked' };
    return { outcome: 'ok', rttMs, kbps: await load(channel, opposite, now, loadMs), protocol };
  } catch {
    return { outcome: 'blocked' };
  } finally {
    here.close();
    there.close();
  }
}

async function roundTrip(
  channel: RTCDataChannel,
  opposite: RTCDataChannel,
  now: () => number,
  timeoutMs: number,
): Promise<number | undefined> {
  const begun = now();
  const back = new Promise<number>((resolve) => (channel.onmessage = () => resolve(now() - begun)));
  opposite.onmessage = () => opposite.send('pong');
  channel.send('ping');
  return within(timeoutMs, back);
}

async function load(channel: RTCDataChannel, opposite: RTCDataChannel, now: () => number, ms: number): Promise<number> {
  let bytes = 0;
  const begun = now();
  opposite.onmessage = ({ data }) => (bytes += (data as ArrayBuffer).byteLength ?? (data as Blob).size ?? 0);
  channel.bufferedAmountLowThreshold = BUFFERED_AT_MOST / 2;
  const fill = () => {
    while (now() - begun < ms && channel.readyState === 'open' && channel.bufferedAmount < BUFFERED_AT_MOST)
      channel.send(CHUNK);
  };
  channel.onbufferedamountlow = fill;
  fill();
  await new Promise((resolve) => setTimeout(resolve, ms));
  channel.onbufferedamountlow = null;
  return Math.round((bytes * 8) / Math.max(1, now() - begun));
}
