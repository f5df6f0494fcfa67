/** As long as a dialog takes to close and to hand the focus back. */
export const SETTLED_MS = 300;

/** What had the focus is gone: it goes to the page's content instead of getting lost. */
export function rescueFocus(): void {
  if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true });
}

export const rescueFocusSoon = (): void => void setTimeout(rescueFocus, SETTLED_MS);
