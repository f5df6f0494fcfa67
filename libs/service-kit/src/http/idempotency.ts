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
import { MongoTransactions } from '../mongo/transactions.js';
import { ValidationFailed } from './validation.js';

/** The key was used with another body (422). */
export class IdempotencyKeyReused extends Error {
  readonly code = 'idempotency-key-reused';
  readonly kind = 'invalid';
}

/** A refusal that was answered before under the same key, told again word for word. */
class RefusedBefore extends Error {
  readonly kind = 'conflict';

  constructor(
    readonly code: string,
    readonly extras: Record<string, unknown>,
  ) {
    super(code);
  }
}

interface KeptAnswer {
  _id: string;
  digest: string;
  at: Date;
  answer?: unknown;
  refusal?: { code: string; extras: Record<string, unknown> };
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
    private readonly transactions: MongoTransactions,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  private get kept() {
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

  private async once(id: string, digest: string, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    this.indexed ??= this.kept.createIndex({ at: 1 }, { expireAfterSeconds: DAYS_KEPT * 86_400 });
    await this.indexed;
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

  private replay(kept: KeptAnswer, digest: string, reply: FastifyReply): unknown {
    if (kept.digest !== digest) throw new IdempotencyKeyReused('another body came with this key');
    if (kept.refusal) throw new RefusedBefore(kept.refusal.code, kept.refusal.extras);
    reply.header('idempotency-replayed', 'true');
    return kept.answer;
  }
}

/** Honours `Idempotency-Key` on a handler whose writes all go through {@link MongoTransactions}. */
export const Idempotent = () =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    }),
  );
