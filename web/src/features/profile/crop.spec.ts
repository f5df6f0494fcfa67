import { describe, expect, it } from 'vitest';
import { cropOf, dragged, WHOLE } from './crop';

const wide = { width: 1200, height: 800 };

describe('the square that is cut out', () => {
  it('is the middle, as large as the picture allows', () => {
    expect(cropOf(wide, WHOLE)).toEqual({ side: 800, left: 200, top: 0 });
  });

  it('stays within the picture at every edge and nearness', () => {
    for (const zoom of [1, 2.5, 4])
      for (const across of [0, 100])
        for (const down of [0, 100]) {
          const { side, left, top } = cropOf(wide, { zoom, across, down });
          expect([left >= 0, top >= 0, left + side <= 1200, top + side <= 800]).toEqual([true, true, true, true]);
        }
  });

  it('follows the finger, and no further than the edge', () => {
    expect(cropOf(wide, dragged(wide, WHOLE, 0.25, 0.25))).toEqual({ side: 800, left: 0, top: 0 });
    const near = { ...WHOLE, zoom: 2 };
    const before = cropOf(wide, near);
    const after = cropOf(wide, dragged(wide, near, 0.5, -0.25));
    expect([after.left - before.left, after.top - before.top]).toEqual([-200, 100]);
    expect(dragged(wide, WHOLE, 9, 9)).toEqual({ zoom: 1, across: 0, down: 50 });
  });
});
