import { createHash } from 'node:crypto';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from 'mongoose';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { isDuplicateKey } from '../mongo/outage.js';
import { MongoTransactions } from '../mongo/transactions.js';
import { ValidationFailed } from './validation.js';

/** The key was used with another body (422). */
export class IdempotencyKeyReused extends Error {
  readonly code = 'idempotency-key-reused';
  readonly kind = 'invalid';
}

/** A refusal that was answered before under the same key, told again word for word. */
class RefusedBefore extends Error {
  constructor(
    readonly code: string,
    readonly extras: Record<string, unknown>,
    readonly kind: 'conflict' | 'declined' = 'conflict',
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

interface KeptAnswer {
  _id: string;
  digest: string;
  at: Date;
  answer?: unknown;
  refusal?: { code: string; extras: Record<string, unknown>; kind?: 'conflict' | 'declined' };
}

const DAYS_KEPT = 2;

/**
 * The same key and body gives the same answer, once in effect. The answer is kept in the handler's own transaction, so
 * that neither can exist without the other; a conflict (409) is kept as well, after it rolled back.
 */
@Injectable()
class IdempotencyInterceptor implements NestInterceptor {
  private indexed: Promise<unknown> | undefined;

  constructor(
    protected readonly transactions: MongoTransactions,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  protected get kept() {
    return this.connection.getClient().db(this.connection.name).collection<KeptAnswer>('idempotency');
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new ValidationFailed([{ field: 'Idempotency-Key', code: 'invalid' }]);
    }
    const id = `${request.account?.id ?? 'anyone'}|${request.method} ${request.url.split('?')[0]}|${key}`;
    const digest = createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('base64url');
    return from(this.once(id, digest, context.switchToHttp().getResponse<FastifyReply>(), next));
  }

  protected ready(): Promise<unknown> {
    this.indexed ??= this.kept
      .createIndex({ at: 1 }, { expireAfterSeconds: DAYS_KEPT * 86_400 })
      // The database was away: the next request asks again.
      .catch((error: unknown) => {
        this.indexed = undefined;
        throw error;
      });
    return this.indexed;
  }

  protected async once(id: string, digest: string, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    await this.ready();
    const before = await this.kept.findOne({ _id: id });
    if (before) return this.replay(before, digest, reply);
    try {
      return await this.transactions.run(async () => {
        const answer: unknown = await lastValueFrom(next.handle());
        await this.kept.insertOne({ _id: id, digest, at: new Date(), answer }, { session: this.transactions.session });
        return answer;
      });
    } catch (error) {
      const winner = await this.kept.findOne({ _id: id });
      if (winner) return this.replay(winner, digest, reply);
      const { code, kind, extras = {} } = error as { code?: unknown; kind?: unknown; extras?: Record<string, unknown> };
      if (kind === 'conflict' && typeof code === 'string') {
        await this.kept
          .insertOne({ _id: id, digest, at: new Date(), refusal: { code, extras } })
          .catch(() => undefined);
      }
      throw error;
    }
  }

  protected replay(kept: KeptAnswer, digest: string, reply: FastifyReply): unknown {
    if (kept.digest !== digest) throw new IdempotencyKeyReused('another body came with this key');
    if (kept.refusal) throw new RefusedBefore(kept.refusal.code, kept.refusal.extras, kept.refusal.kind);
    reply.header('idempotency-replayed', 'true');
    return kept.answer;
  }
}

/** Who died while at it is taken over after this. */
const UNDER_WAY_MS = 60_000;

/**
 * For handlers that act outside the database: the key is taken first, the answer kept after. Who dies in between is
 * repeated by the caller, so the handler itself must do nothing twice.
 */
@Injectable()
class OutsideInterceptor extends IdempotencyInterceptor {
  constructor(transactions: MongoTransactions, @InjectConnection() connection: Connection) {
    super(transactions, connection);
  }

  protected override async once(id: string, digest: string, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    await this.ready();
    const mine = await this.take(id, digest);
    if (mine !== true) return this.replay(mine, digest, reply);
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      await this.kept.updateOne({ _id: id }, { $set: { answer } });
      return answer;
    } catch (error) {
      const { code, kind, extras = {} } = error as { code?: unknown; kind?: unknown; extras?: Record<string, unknown> };
      // A decline is an answer; everything else may well go otherwise the next time.
      if (kind === 'declined' && typeof code === 'string')
        await this.kept.updateOne({ _id: id }, { $set: { refusal: { code, extras, kind } } });
      else await this.kept.deleteOne({ _id: id });
      throw error;
    }
  }

  /** @returns true when the key is ours to work under, else what was kept. @throws StillUnderWay, IdempotencyKeyReused */
  private async take(id: string, digest: string): Promise<true | KeptAnswer> {
    const at = new Date();
    try {
      await this.kept.insertOne({ _id: id, digest, at });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const before = await this.kept.findOne({ _id: id });
    if (!before) return this.take(id, digest);
    if (before.answer !== undefined || before.refusal || before.digest !== digest) return before;
    if (at.getTime() - before.at.getTime() < UNDER_WAY_MS) throw new StillUnderWay('the first request is under way');
    const { modifiedCount } = await this.kept.updateOne({ _id: id, at: before.at }, { $set: { at } });
    if (modifiedCount === 0) throw new StillUnderWay('another request took over');
    return true;
  }
}

/**
 * Honours `Idempotency-Key` on a handler whose writes all go through {@link MongoTransactions}.
 * @param options.transaction false for a handler that acts outside the database, which must itself do nothing twice
 */
export const Idempotent = ({ transaction = true } = {}) =>
  applyDecorators(
    UseInterceptors(transaction ? IdempotencyInterceptor : OutsideInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    }),
  );
