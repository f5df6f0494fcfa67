import { type RefObject, useEffect, useRef } from 'react';

interface VideoProps {
  tracks: readonly (MediaStreamTrack | null | undefined)[];
  label: string;
  /** One's own: nobody wants to hear themselves. */
  isMuted?: boolean;
  sinkId?: string | undefined;
  className?: string | undefined;
  /** The browser does not play with sound until somebody presses something. */
  onBlocked?: () => void;
  videoRef?: RefObject<HTMLVideoElement | null>;
}

export function Video({ tracks, label, isMuted = false, sinkId, className, onBlocked, videoRef }: VideoProps) {
  const own = useRef<HTMLVideoElement>(null);
  const ref = videoRef ?? own;
  const present = tracks.filter((track) => track !== null && track !== undefined);
  const key = present.map(({ id }) => id).join(' ');
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    video.srcObject = present.length > 0 ? new MediaStream(present) : null;
    if (present.length === 0) return;
    video.play().catch((error: unknown) => {
      if ((error as { name?: string }).name === 'NotAllowedError') onBlocked?.();
    });
    // The tracks are the same for as long as their names are.
  }, [key]);
  useEffect(() => {
    const video = ref.current as (HTMLVideoElement & { setSinkId?: (id: string) => Promise<void> }) | null;
    if (sinkId && video?.setSinkId) void video.setSinkId(sinkId).catch(() => undefined);
  }, [ref, sinkId, key]);
  return <video ref={ref} autoPlay playsInline muted={isMuted} className={className} aria-label={label} />;
}
