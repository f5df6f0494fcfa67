/** An address, where it is a page of ours. */
export const ownPath = (address: string | null | undefined): string | undefined =>
  address?.startsWith('/') && !address.startsWith('//') ? address : undefined;

/** Where somebody was when they had to open a letter first, for whatever tab of this browser opens it. */
export class WayBack {
  constructor(private readonly key: string) {}

  remember(path: string): void {
    localStorage.setItem(this.key, path);
  }

  path(): string | undefined {
    return ownPath(localStorage.getItem(this.key));
  }

  forget(): void {
    localStorage.removeItem(this.key);
  }
}

export const beforeProof = new WayBack('medflow.waiting-for-proof');
export const beforeNewPassword = new WayBack('medflow.waiting-for-password');
