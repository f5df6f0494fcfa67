/** What of a picture is shown: per cent of the way from one edge to the other, and how many times nearer. */
export interface Framing {
  zoom: number;
  across: number;
  down: number;
}

export interface Size {
  width: number;
  height: number;
}

export const WHOLE: Framing = { zoom: 1, across: 50, down: 50 };
export const MAX_ZOOM = 4;

const within = (value: number): number => Math.min(100, Math.max(0, value));

/** The square of the picture that is shown, in its pixels. */
export function cropOf({ width, height }: Size, { zoom, across, down }: Framing) {
  const side = Math.min(width, height) / zoom;
  return { side, left: ((width - side) * across) / 100, top: ((height - side) * down) / 100 };
}

/**
 * The picture follows the finger.
 * @param right @param low how far it was drawn, in parts of the square that is shown
 */
export function dragged(size: Size, framing: Framing, right: number, low: number): Framing {
  const { side } = cropOf(size, framing);
  const moved = (per: number, by: number, room: number) => (room > 0 ? within(per - (by * side * 100) / room) : per);
  return {
    ...framing,
    across: moved(framing.across, right, size.width - side),
    down: moved(framing.down, low, size.height - side),
  };
}
