import type { Collection, Db } from 'mongodb';

/** Something kept under an id of its own; undefined data removes it. */
export interface Row {
  id: string;
  kind: 'object' | 'answer' | 'delivery';
  data: object | undefined;
}

/**
 * Where the provider's state outlives its process. Rows of one write are there together or not at all, and as they were
 * when it was called.
 */
export interface Store {
  load(): Promise<Row[]>;
  write(rows: readonly Row[]): Promise<void>;
}

export class MemoryStore implements Store {
  private readonly rows = new Map<string, Row>();

  async load(): Promise<Row[]> {
    return structuredClone([...this.rows.values()]);
  }

  async write(rows: readonly Row[]): Promise<void> {
    for (const row of structuredClone(rows)) {
      if (row.data === undefined) this.rows.delete(row.id);
      else this.rows.set(row.id, row);
    }
  }
}

interface Document {
  _id: string;
  kind: Row['kind'];
  /** As text: an object of Stripe's may have any field names. */
  data: string;
}

export class MongoStore implements Store {
  private readonly rows: Collection<Document>;

  constructor(private readonly db: Db) {
    this.rows = db.collection<Document>('rows');
  }

  async load(): Promise<Row[]> {
    const documents = await this.rows.find().toArray();
    return documents.map(({ _id, kind, data }) => ({ id: _id, kind, data: JSON.parse(data) as object }));
  }

  async write(rows: readonly Row[]): Promise<void> {
    const operations = rows.map(({ id, kind, data }) =>
      data === undefined
        ? { deleteOne: { filter: { _id: id } } }
        : {
            replaceOne: { filter: { _id: id }, replacement: { kind, data: JSON.stringify(data) }, upsert: true },
          },
    );
    if (operations.length === 0) return;
    const writeConcern = { w: 'majority', j: true } as const;
    // One row is there or not by itself.
    if (operations.length === 1) await this.rows.bulkWrite(operations, { writeConcern });
    else
      await this.db.client.withSession((session) =>
        session.withTransaction(() => this.rows.bulkWrite(operations, { session }), { writeConcern }),
      );
  }
}
