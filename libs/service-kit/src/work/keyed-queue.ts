/** Runs work of the same key one at a time, in order of arrival; work of other keys does not wait. */
export class KeyedQueue {
  private readonly last = new Map<string, Promise<unknown>>();

  /**
   * @param work is told whether it had to wait for other work of its key
   * @throws what the work throws; the next of its key runs all the same
   */
  async run<T>(key: string, work: (waited: boolean) => Promise<T>): Promise<T> {
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

  /** Keys of which something waits or runs. */
  get size(): number {
    return this.last.size;
  }
}
