import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { faultOf, LocalMedia } from './local-media';

class FakeTrack {
  readyState = 'live';
  muted = false;
  enabled = true;
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;
  constructor(
    readonly kind: string,
    readonly deviceId: string | undefined,
  ) {}
  stop(): void {
    this.readyState = 'ended';
  }
  /** The system takes it. */
  ends(): void {
    this.readyState = 'ended';
    this.onended?.();
  }
  silences(isMuted: boolean): void {
    this.muted = isMuted;
    (isMuted ? this.onmute : this.onunmute)?.();
  }
}

class FakeDevices extends EventTarget {
  readonly opened: FakeTrack[] = [];
  refuses: string | undefined;
  unplugged: string | undefined;
  comesMuted = false;

  getUserMedia({ audio, video }: MediaStreamConstraints): Promise<MediaStream> {
    const { deviceId } = (audio ?? video) as { deviceId?: string };
    const refusal = deviceId !== undefined && deviceId === this.unplugged ? 'NotFoundError' : this.refuses;
    if (refusal) return Promise.reject(new DOMException('', refusal));
    const track = new FakeTrack(audio ? 'audio' : 'video', deviceId);
    track.muted = this.comesMuted;
    this.opened.push(track);
    return Promise.resolve({ getTracks: () => [track] } as unknown as MediaStream);
  }
  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve([]);
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
let devices: FakeDevices;
let media: LocalMedia;
let changes: number;
const current = (kind: 'audio' | 'camera') => media.tracks[kind] as unknown as FakeTrack;

beforeEach(async () => {
  vi.useFakeTimers();
  devices = new FakeDevices();
  changes = 0;
  media = new LocalMedia(devices as never);
  media.subscribe(() => (changes += 1));
  await media.start();
});
afterEach(() => {
  media.stop();
  vi.useRealTimers();
});

describe('what the person wants', () => {
  it('keeps the microphone open while it is silent, and closes a camera that is off', async () => {
    const [audio, camera] = [current('audio'), current('camera')];
    await media.want('audio', false);
    await media.want('camera', false);
    expect([audio.readyState, audio.enabled]).toEqual(['live', false]);
    expect([camera.readyState, media.tracks.camera]).toEqual(['ended', null]);
    await media.want('audio', true);
    await media.want('camera', true);
    expect(current('audio')).toBe(audio);
    expect([audio.enabled, media.isOn('camera')]).toEqual([true, true]);
  });

  it('takes another device, and any other where that one is unplugged', async () => {
    await media.choose('camera', 'back');
    expect(current('camera').deviceId).toBe('back');
    devices.unplugged = 'back';
    current('camera').ends();
    await pass(0);
    expect([current('camera').deviceId, media.isOn('camera')]).toEqual([undefined, true]);
  });

  it('opens no camera that was switched off while it was being opened', async () => {
    await media.want('camera', false);
    const opening = media.want('camera', true);
    await media.want('camera', false);
    await opening;
    expect(media.tracks.camera).toBeNull();
    expect(devices.opened.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live')).toEqual([]);
  });
});

describe('what the system takes away', () => {
  it.each(['audio', 'camera'] as const)('is fetched anew: the %s after it ended', async (kind) => {
    const before = current(kind);
    before.ends();
    await pass(0);
    expect(current(kind)).not.toBe(before);
    expect(media.isOn(kind)).toBe(true);
  });

  it('waits out a phone call that has the microphone, and comes back by itself', async () => {
    devices.refuses = 'NotReadableError';
    current('audio').ends();
    await pass(20_000);
    expect([media.isOn('audio'), media.faults.audio]).toEqual([false, 'busy']);
    devices.refuses = undefined;
    await pass(8_000);
    expect([media.isOn('audio'), media.faults.audio]).toEqual([true, undefined]);
  });

  it('replaces a track that stays silenced, also when the new one comes silenced', async () => {
    const before = current('audio');
    devices.comesMuted = true;
    before.silences(true);
    expect(media.isOn('audio')).toBe(false);
    await pass(5_000);
    expect(media.isOn('audio')).toBe(false);
    devices.comesMuted = false;
    await pass(8_000);
    expect(media.isOn('audio')).toBe(true);
    expect([before.readyState, devices.opened.filter(({ readyState }) => readyState === 'live').length]).toEqual([
      'ended',
      2,
    ]);
  });

  it('leaves a track alone that was silenced for a moment', async () => {
    const before = current('audio');
    before.silences(true);
    await pass(500);
    before.silences(false);
    await pass(20_000);
    expect(current('audio')).toBe(before);
    expect(media.isOn('audio')).toBe(true);
  });

  it('remembers that the sound was off', async () => {
    await media.want('audio', false);
    current('audio').ends();
    await pass(5_000);
    expect(current('audio')?.enabled ?? false).toBe(false);
    await media.want('audio', true);
    expect(media.isOn('audio')).toBe(true);
  });

  it('looks again when a device comes', async () => {
    devices.refuses = 'NotFoundError';
    current('camera').ends();
    await pass(60_000);
    expect(media.faults.camera).toBe('none');
    devices.refuses = undefined;
    devices.dispatchEvent(new Event('devicechange'));
    await pass(0);
    expect(media.isOn('camera')).toBe(true);
  });

  it('does not ask again where the person refused', async () => {
    devices.refuses = 'NotAllowedError';
    current('camera').ends();
    await pass(0);
    const opened = devices.opened.length;
    devices.refuses = undefined;
    media.look();
    await pass(60_000);
    expect([devices.opened.length, media.faults.camera]).toEqual([opened, 'denied']);
    await media.want('camera', true);
    expect(media.isOn('camera')).toBe(true);
  });
});

describe('the end', () => {
  it('closes everything and opens nothing more', async () => {
    const before = devices.opened.length;
    media.stop();
    devices.dispatchEvent(new Event('devicechange'));
    await media.want('camera', true);
    await pass(60_000);
    expect(devices.opened.length).toBe(before);
    expect(devices.opened.every(({ readyState }) => readyState === 'ended')).toBe(true);
    expect(changes).toBeGreaterThan(0);
  });
});

describe('why there is no track', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s is « %s »', (name, fault) => {
    expect(faultOf(new DOMException('', name))).toBe(fault);
  });
});
