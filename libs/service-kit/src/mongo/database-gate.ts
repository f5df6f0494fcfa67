import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { map, type Observable, race } from 'rxjs';
import { AliveController, OperationsController } from '../operations.js';
import { DatabaseHealth } from './database-health.js';
import { DatabaseUnavailable } from './outage.js';

/** What operators ask. */
const unguarded: ReadonlySet<unknown> = new Set([AliveController, OperationsController]);

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/**
 * Answers 503 at once while there is no database, also to the reads that wait for it when it goes. A write that is under
 * way learns its own end first, which the driver brings about within two seconds. Operators are always answered.
 */
@Injectable()
export class DatabaseGate implements NestInterceptor {
  constructor(@Inject(DatabaseHealth) private readonly health: DatabaseHealth) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http' || unguarded.has(context.getClass())) return next.handle();
    this.health.check();
    if (!isRead(context.switchToHttp().getRequest<FastifyRequest>())) return next.handle();
    return race(next.handle(), this.health.lost.pipe(map(refuse)));
  }
}

function refuse(): never {
  throw new DatabaseUnavailable('the database went out of reach meanwhile');
}
