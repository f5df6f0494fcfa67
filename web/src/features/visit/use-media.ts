import { useEffect, useState, useSyncExternalStore } from 'react';
import { LocalMedia } from './local-media';
import { Meter } from './speaking';

const LOOK_MS = 100;

/** Microphone and camera for as long as the page is open. */
export function useLocalMedia(): LocalMedia | undefined {
  const [media, setMedia] = useState<LocalMedia>();
  useEffect(() => {
    if (!navigator.mediaDevices) return;
    const opened = new LocalMedia(navigator.mediaDevices);
    setMedia(opened);
    const look = () => document.visibilityState === 'visible' && opened.look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      opened.stop();
    };
  }, []);
  return media;
}

/** Draws again whenever a track comes or goes. */
export const useMediaChanges = (media: LocalMedia): number => useSyncExternalStore(media.subscribe, media.version);

/** Tells how loud the microphone is, ten times a second: 0–1. */
export function useMeter(track: MediaStreamTrack | null, tell: (level: number) => void): void {
  useEffect(() => {
    if (!track) return tell(0);
    const meter = new Meter();
    meter.listen(track);
    const looking = setInterval(() => tell(meter.level()), LOOK_MS);
    return () => {
      clearInterval(looking);
      meter.close();
    };
    // The listener is the page's own for as long as it is drawn.
  }, [track]);
}

/** Devices by kind; their names are told once access was given. */
export function useDevices(changes: number): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const { mediaDevices } = navigator;
    let isOver = false;
    const look = () =>
      void mediaDevices.enumerateDevices().then(
        (found) => !isOver && setDevices(found.filter(({ deviceId }) => deviceId !== '')),
        () => undefined,
      );
    look();
    mediaDevices.addEventListener('devicechange', look);
    return () => {
      isOver = true;
      mediaDevices.removeEventListener('devicechange', look);
    };
  }, [changes]);
  return devices;
}
