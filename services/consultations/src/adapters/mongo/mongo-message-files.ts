import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { openingStream, sealedLength, sealedRangeOf, sealingStream } from '@medflow/sealing';
import { MongoTransactions } from '@medflow/service-kit';
import { type Model, mongo } from 'mongoose';
import type { MessageFile } from '../../domain/conversation.js';
import { MessageFiles } from '../../domain/conversations.js';
import { MessageFileRecord } from './conversation-schemas.js';
import { ConversationSeals } from './conversation-seals.js';

/** Well below what a document may hold. */
const PIECE_BYTES = 1024 * 1024;

const placeOf = (id: string) => `message_files|${id}|content`;
const pieceOf = (id: string, number: number) => `${id}|${number}`;

@Injectable()
export class MongoMessageFiles extends MessageFiles {
  constructor(
    @InjectModel(MessageFileRecord.name) private readonly pieces: Model<MessageFileRecord>,
    private readonly seals: ConversationSeals,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add(conversationId: string, { id }: MessageFile, content: Uint8Array): Promise<void> {
    const key = await this.seals.keyOf(conversationId);
    const sealed = await buffer(Readable.from([Buffer.from(content)]).pipe(sealingStream(key, placeOf(id))));
    const { session } = this.transactions;
    for (let number = 0; number * PIECE_BYTES < sealed.length; number += 1) {
      const piece = sealed.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES);
      const row = { _id: pieceOf(id, number), conversationId, content: new mongo.Binary(piece) };
      await this.pieces.collection.insertOne(row as never, { session });
    }
  }

  async read(conversationId: string, { id, bytes }: MessageFile): Promise<Readable> {
    const key = await this.seals.keyOf(conversationId);
    const opened = openingStream(key, placeOf(id), sealedRangeOf(bytes));
    const sealed = Readable.from(this.sealed(id, bytes));
    sealed.on('error', (error) => opened.destroy(error));
    return sealed.pipe(opened);
  }

  private async *sealed(id: string, bytes: number): AsyncGenerator<Uint8Array> {
    for (let number = 0; number * PIECE_BYTES < sealedLength(bytes); number += 1) {
      const piece = await this.pieces.collection.findOne({ _id: pieceOf(id, number) as never });
      if (!piece) throw new Error(`file ${id} lacks piece ${number}`);
      yield (piece.content as unknown as mongo.Binary).buffer;
    }
  }
}
