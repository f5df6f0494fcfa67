import { Injectable } from '@nestjs/common';
import { Seals } from '@medflow/sealing';
import { mongo } from 'mongoose';
import { keysOf } from '../../domain/words.js';
import type { Sealed } from './conversation-schemas.js';

/** Short enough to keep, long enough that hardly any two words of an account share one: 60 bits. */
const KEY_LENGTH = 10;

const ownerOf = (conversationId: string) => `conversation|${conversationId}`;
const readerOf = (accountId: string) => `account|${accountId}`;

/** Where what is sealed of a message stands. */
export const textPlaceOf = (messageId: string) => `messages|${messageId}|text`;
export const filesPlaceOf = (messageId: string) => `messages|${messageId}|files`;

/** What a conversation is sealed with, and what its two people find its words by. */
@Injectable()
export class ConversationSeals {
  constructor(private readonly seals: Seals) {}

  async seal(conversationId: string, place: string, value: unknown): Promise<Sealed> {
    return new mongo.Binary(await this.seals.sealJson(ownerOf(conversationId), place, value));
  }

  open<T>(conversationId: string, place: string, sealed: Sealed | Uint8Array): Promise<T> {
    return this.seals.openJson<T>(ownerOf(conversationId), place, sealed);
  }

  async sealOwn(accountId: string, place: string, value: unknown): Promise<Sealed> {
    return new mongo.Binary(await this.seals.sealJson(readerOf(accountId), place, value));
  }

  openOwn<T>(accountId: string, place: string, sealed: Sealed | Uint8Array): Promise<T> {
    return this.seals.openJson<T>(readerOf(accountId), place, sealed);
  }

  keyOf(conversationId: string): Promise<Buffer> {
    return this.seals.keyOf(ownerOf(conversationId));
  }

  /** The same for the same request, and nothing of it. */
  async digestOf(conversationId: string, parts: readonly string[]): Promise<string> {
    const digest = await this.seals.blindIndex(ownerOf(conversationId), 'request');
    return digest(JSON.stringify(parts));
  }

  /** What a text is found by, for each of the readers. */
  async keysOf(readers: readonly string[], text: string): Promise<string[]> {
    const words = keysOf(text);
    return (await Promise.all(readers.map((reader) => this.wordKeys(reader, words)))).flat();
  }

  /** As the reader looks for them. */
  async wordKeys(reader: string, words: readonly string[]): Promise<string[]> {
    const keyOf = await this.seals.blindIndex(readerOf(reader), 'words of messages');
    return words.map((word) => keyOf(word).slice(0, KEY_LENGTH));
  }
}
