/**
 * Calls `gone` when whoever started this process has died without telling (SIGKILL): the launcher closes its channel,
 * npm's death leaves the launcher with another parent.
 */
export function watchParent(gone: () => void): void {
  if (process.channel) process.once('disconnect', gone);
}
