import { startTransition, useEffect, useState } from 'react';

/**
 * How many of a list are to be drawn: a few at first and then as many more at a time, since a slow phone takes no touch and no key
 * while it puts all of them into the page at once. What was drawn once is drawn at once the next time.
 */
export function usePieceByPiece(total: number, piece: number): number {
  const [drawn, setDrawn] = useState(piece);
  useEffect(() => {
    if (drawn >= total) return;
    const timer = setTimeout(() => startTransition(() => setDrawn(drawn + piece)));
    return () => clearTimeout(timer);
  }, [drawn, total, piece]);
  return Math.min(drawn, total);
}
