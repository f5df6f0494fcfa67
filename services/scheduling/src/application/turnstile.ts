/** Lets work with the same key pass one at a time, in order of arrival; other keys do not wait. */
export class Turnstile {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @param work is told whether somebody passed just before it */
  async pass<T>(key: string, work: (followed: boolean) => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const next = () => work(true);
    const mine = before ? before.then(next, next) : work(false);
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}
