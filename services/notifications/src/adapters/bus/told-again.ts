import { Injectable } from '@nestjs/common';
import { Beginning, type EventEnvelope } from '@medflow/messaging';
import type { AppointmentNews } from '../../domain/notification.js';

/** Whether a fact is told again, and still news. */
@Injectable()
export class ToldAgain {
  constructor(private readonly beginning: Beginning) {}

  async of(event: Pick<EventEnvelope, 'replayed' | 'time'>): Promise<AppointmentNews['again']> {
    if (!event.replayed) return undefined;
    return (await this.beginning.isPast(event)) ? 'past' : 'news';
  }
}
