/**
 * Keeps the shell for when there is no network: once everything else has come, and only of a build, whose files have names
 * of their own. A newer worker takes over at once, and no page that is open is loaded again for it.
 */
export function keepShell(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = () => {
    navigator.serviceWorker.register('/sw.js').catch(() => undefined);
    // Where former releases kept pages, and so the addresses that were opened.
    void caches.delete('page');
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
