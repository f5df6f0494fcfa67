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

  /** What the news has of its fact, whatever that is about. */
  async originOf(event: EventEnvelope): Promise<Pick<AppointmentNews, 'eventId' | 'at' | 'again'>> {
    const again = await this.of(event);
    return {
      // What is told of one appointment in the same moment is listed in its order.
      eventId: `${String(event.sequence).padStart(6, '0')}-${event.id}`,
      at: new Date(event.time),
      ...(again && { again }),
    };
  }
}
