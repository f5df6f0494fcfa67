import { useEffect, useRef } from 'react';

/** For the element around a week: the library names its days « Weekday 2026-12-01 », which is not what it shows. */
export function useOwnDayNames() {
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const label of grid.current?.querySelectorAll('.mantine-WeekView-weekViewDayLabel') ?? [])
      label.removeAttribute('aria-label');
  });
  return grid;
}
