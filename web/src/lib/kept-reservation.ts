const KEY = 'medflow.reservation';

interface Kept {
  id: string;
  until: string;
}

/** The reservation that this browser has, for all its tabs and over a reload. */
export class KeptReservation {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  keep({ id, until }: Kept): void {
    this.storage.setItem(KEY, JSON.stringify({ id, until } satisfies Kept));
  }

  /** As a request names it; nothing once it is over. */
  idAt(now: number): { reservation?: string } {
    const known = this.read();
    return known && Date.parse(known.until) > now ? { reservation: known.id } : {};
  }

  /** @returns whether this was the one, so that it is now to be let go */
  forget(id: string): boolean {
    const isKnown = this.read()?.id === id;
    if (isKnown) this.storage.removeItem(KEY);
    return isKnown;
  }

  /** Whatever stands there is no reason to break a booking. */
  private read(): Kept | undefined {
    try {
      const { id, until } = JSON.parse(this.storage.getItem(KEY) ?? '') as Partial<Kept>;
      return typeof id === 'string' && typeof until === 'string' ? { id, until } : undefined;
    } catch {
      return undefined;
    }
  }
}
