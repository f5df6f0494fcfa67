import type { Collection, Filter, WithId } from 'mongodb';
import type { OutgoingEvent } from '../outgoing-event.js';

/** Aggregates of one kind that a service holds, as the latest fact of each. */
export interface Holding {
  /** What they are, for whoever watches a replay. */
  readonly name: string;
  /**
   * Page by page, each fact under the sequence that it was told with.
   * @param since only what was told since then, where the service knows when
   */
  pages(since?: Date): AsyncIterable<OutgoingEvent[]>;
}

/** All that a service can tell again. */
export abstract class Holdings {
  abstract readonly all: readonly Holding[];
}

const PAGE = 500;

/** Every row in the order of ids, a page at a time: what is written meanwhile is told of by its own event. */
export async function* pagesOf<T extends { _id: string }>(
  rows: Collection<T>,
  filter: Filter<T> = {},
): AsyncGenerator<WithId<T>[]> {
  for (let after: string | undefined; ;) {
    const beyond = after === undefined ? {} : { _id: { $gt: after } };
    const page = await rows
      .find({ ...filter, ...beyond } as Filter<T>)
      .sort({ _id: 1 })
      .limit(PAGE)
      .toArray();
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!._id;
  }
}

/**
 * @param model of the rows, as Mongoose has it
 * @param filterOf spares the database rows of which nothing was told since then
 * @param always rows that have something to tell
 */
export const holding = <T extends { _id: string }>(
  name: string,
  model: { readonly collection: unknown },
  factsOf: (row: WithId<T>) => readonly OutgoingEvent[],
  filterOf: (since: Date) => Filter<T> = () => ({}),
  always: Filter<T> = {},
): Holding => ({
  name,
  async *pages(since) {
    const filter = { ...always, ...(since && filterOf(since)) };
    for await (const page of pagesOf(model.collection as Collection<T>, filter))
      yield page.flatMap(factsOf).filter(({ time }) => !since || !time || time >= since);
  },
});
