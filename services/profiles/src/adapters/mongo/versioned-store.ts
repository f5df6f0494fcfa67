import { isDuplicateKey, type MongoTransactions } from '@medflow/service-kit';
import type { mongo } from 'mongoose';
import { ConcurrentChange } from '../../domain/errors.js';

/**
 * Writes the document if the stored one is still at `savedVersion` (0: none is stored), inside the ambient transaction.
 * @throws ConcurrentChange
 */
export async function writeVersion<T extends { _id: string; version: number }>(
  collection: mongo.Collection<T>,
  document: T,
  savedVersion: number,
  transactions: MongoTransactions,
): Promise<void> {
  const { session } = transactions;
  if (savedVersion === 0) {
    await collection.insertOne(document as never, { session });
    return;
  }
  const { matchedCount } = await collection.replaceOne(
    { _id: document._id, version: savedVersion } as never,
    document as never,
    { session },
  );
  if (matchedCount === 0) throw new ConcurrentChange(`${document._id} is not at version ${savedVersion}`);
}

/**
 * Runs the work in a transaction; that somebody inserted the same document first is a {@link ConcurrentChange}. Inside
 * an outer transaction the duplicate key has ended that one: it passes through, and whoever began it starts again.
 */
export async function savingWith(transactions: MongoTransactions, work: () => Promise<void>): Promise<void> {
  const inner = transactions.session !== undefined;
  try {
    await transactions.run(work);
  } catch (error) {
    if (!inner && isDuplicateKey(error)) throw new ConcurrentChange('inserted by another', { cause: error });
    throw error;
  }
}
