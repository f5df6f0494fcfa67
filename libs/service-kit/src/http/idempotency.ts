import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Connection, mongo } from 'mongoose';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { isDuplicateKey, isOutage } from '../mongo/outage.js';
import { MongoTransactions } from '../mongo/transactions.js';
import { remembered } from '../remembered.js';
import { AnswerSeal } from './answer-seal.js';
import { ValidationFailed } from './validation.js';

type Binary = mongo.Binary;

/** The key was used with another body (422). */
export class IdempotencyKeyReused extends Error {
  readonly code = 'idempotency-key-reused';
  readonly kind = 'invalid';
}

/** A decline that was answered before under the same key, told again. */
class DeclinedBefore extends Error {
  readonly kind = 'declined';

  constructor(
    readonly code: string,
    readonly extras: Record<string, unknown>,
  ) {
    super(code);
  }
}

/** The first request with this key has not been answered yet. */
class StillUnderWay extends Error {
  readonly code = 'request-in-progress';
  readonly kind = 'conflict';
  readonly retryAfterSeconds = 1;
}

const markReplayed = (reply: FastifyReply): void => void reply.header('idempotency-replayed', 'true');

/** What was answered; a decline where there is no `answer`. */
interface Answered {
  answer?: unknown;
  declined?: { code: string; extras: Record<string, unknown> };
}

interface KeptRow {
  _id: string;
  digest: string;
  at: Date;
  /** An {@link Answered}; absent while the first request is under way. */
  sealed?: Binary;
}

const DAYS_KEPT = 2;

/** Undefined where the request has no key. @throws ValidationFailed */
function sealOf(request: FastifyRequest): AnswerSeal | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ValidationFailed([{ field: 'Idempotency-Key', code: 'invalid' }]);
  }
  const scope = `${request.account?.id ?? 'anyone'}|${request.method} ${request.url.split('?')[0]}`;
  return new AnswerSeal(key, scope);
}

/**
 * The same key and body gives the same answer, once in effect. The answer is kept in the handler's own transaction, so
 * that neither can exist without the other. A refusal is kept nowhere: nothing happened, and what was in the way may be
 * gone the next time.
 */
@Injectable()
class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    protected readonly transactions: MongoTransactions,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  protected get kept() {
    return this.connection.getClient().db(this.connection.name).collection<KeptRow>('idempotency');
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const seal = sealOf(request);
    if (!seal) return next.handle();
    const digest = seal.digest(request.body);
    return from(this.once(seal, digest, context.switchToHttp().getResponse<FastifyReply>(), next));
  }

  protected readonly ready = remembered(() =>
    this.kept.createIndex({ at: 1 }, { expireAfterSeconds: DAYS_KEPT * 86_400 }),
  );

  protected async once(seal: AnswerSeal, digest: string, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    await this.ready();
    const { id: _id } = seal;
    const before = await this.kept.findOne({ _id });
    if (before) return this.replay(before, seal, digest, reply);
    try {
      return await this.transactions.run(async () => {
        const answer: unknown = await lastValueFrom(next.handle());
        const { session } = this.transactions;
        await this.kept.insertOne({ _id, digest, at: new Date(), sealed: sealedOf(seal, { answer }) }, { session });
        return answer;
      });
    } catch (error) {
      const winner = await this.kept.findOne({ _id });
      if (winner) return this.replay(winner, seal, digest, reply);
      throw error;
    }
  }

  protected replay(kept: KeptRow, seal: AnswerSeal, digest: string, reply: FastifyReply): unknown {
    if (kept.digest !== digest) throw new IdempotencyKeyReused('another body came with this key');
    const { answer, declined } = seal.open<Answered>(kept.sealed!.value());
    if (declined) throw new DeclinedBefore(declined.code, declined.extras);
    markReplayed(reply);
    return answer;
  }
}

const sealedOf = (seal: AnswerSeal, answered: Answered): Binary => new mongo.Binary(seal.seal(answered));

/** Codes, ids and numbers: what people wrote is none of a decline. */
const withoutText = (extras: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(extras).filter(([, value]) =>
      typeof value === 'string' ? /^[\w.:-]{1,64}$/.test(value) : ['number', 'boolean'].includes(typeof value),
    ),
  );

/** Who died while at it is taken over after this. */
const UNDER_WAY_MS = 60_000;
/** An outage breaks off more requests than that: the others wait for {@link UNDER_WAY_MS}. */
const MOST_BROKEN_OFF = 10_000;

/**
 * For handlers that act outside the database: the key is taken first, the answer kept after. Who dies in between is
 * repeated by the caller, so the handler itself must do nothing twice.
 */
@Injectable()
class OutsideInterceptor extends IdempotencyInterceptor {
  /** Requests of this process that are over although the database, which was away, calls them under way: since when. */
  private readonly brokenOff = new Map<string, number>();

  constructor(transactions: MongoTransactions, @InjectConnection() connection: Connection) {
    super(transactions, connection);
  }

  protected override async once(
    seal: AnswerSeal,
    digest: string,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    await this.ready();
    const { id: _id } = seal;
    const at = new Date();
    const before = await this.orBreakOff(_id, at, () => this.reserveKey(_id, digest, at));
    if (before) return this.replay(before, seal, digest, reply);
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      await this.kept.updateOne({ _id }, { $set: { sealed: sealedOf(seal, { answer }) } });
      return answer;
    } catch (error) {
      const { code, kind, extras = {} } = error as { code?: unknown; kind?: unknown; extras?: Record<string, unknown> };
      // A decline is the answer to this very attempt; everything else may well go otherwise the next time.
      if (kind === 'declined' && typeof code === 'string') {
        const declined = { code, extras: withoutText(extras) };
        await this.kept.updateOne({ _id }, { $set: { sealed: sealedOf(seal, { declined }) } });
      } else await this.orBreakOff(_id, at, () => this.kept.deleteOne({ _id }));
      throw error;
    }
  }

  /** @returns what was kept; undefined when the key is ours to work under. @throws StillUnderWay */
  private async reserveKey(id: string, digest: string, at: Date): Promise<KeptRow | undefined> {
    try {
      await this.kept.insertOne({ _id: id, digest, at });
      return undefined;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const before = await this.kept.findOne({ _id: id });
    if (!before) return this.reserveKey(id, digest, at);
    if (before.sealed || before.digest !== digest) return before;
    const since = before.at.getTime();
    if (at.getTime() - since < UNDER_WAY_MS && this.brokenOff.get(id) !== since)
      throw new StillUnderWay('the first request is under way');
    const { modifiedCount } = await this.kept.updateOne({ _id: id, at: before.at }, { $set: { at } });
    if (modifiedCount === 0) throw new StillUnderWay('another request took over');
    this.brokenOff.delete(id);
    return undefined;
  }

  private async orBreakOff<T>(id: string, at: Date, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isOutage(error) && this.brokenOff.size < MOST_BROKEN_OFF) this.brokenOff.set(id, at.getTime());
      throw error;
    }
  }
}

/** What is known of a request by its key; tells neither the key nor, without it, the body. */
export interface KeyedRequest {
  /** The same for the same key of the same account on the same route: what is made for it can be named after it. */
  readonly seed: string;
  /** Of the body. */
  readonly digest: string;
  /** Says of the answer that it was given before. */
  readonly markReplayed: () => void;
}

/**
 * For handlers that make one thing and name it after the key: they find it by its name when the request is repeated, and need
 * no record of the answer. Undefined without a key.
 */
export const RequestKey = createParamDecorator((_: unknown, context: ExecutionContext): KeyedRequest | undefined => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const seal = sealOf(request);
  if (!seal) return undefined;
  const reply = http.getResponse<FastifyReply>();
  return { seed: seal.id, digest: seal.digest(request.body), markReplayed: () => markReplayed(reply) };
});

/** In the OpenAPI document: the handler takes a {@link RequestKey}. */
export const ApiIdempotencyKey = () =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  });

/**
 * Honours `Idempotency-Key` on a handler whose writes all go through {@link MongoTransactions}.
 * @param options.transaction false for a handler that acts outside the database, which must itself do nothing twice
 */
export const Idempotent = ({ transaction = true } = {}) =>
  applyDecorators(UseInterceptors(transaction ? IdempotencyInterceptor : OutsideInterceptor), ApiIdempotencyKey());
