import { Instant, Nested, Text } from '@medflow/service-kit';
import { SlotView } from './availability.dto.js';

/** A secret, a dot and a slot's id. */
export const MAX_RESERVATION = 223;

export class ReservationBody {
  @Text({ max: 200, description: 'Of a free slot' }) slotId!: string;
  @Text({
    max: MAX_RESERVATION,
    optional: true,
    description: 'Id of the visitor’s last one: it gives way, or is answered again where it keeps this very slot',
  })
  reservation?: string;
}

export class ReservationView {
  @Text({ max: MAX_RESERVATION, description: 'Known to the visitor alone; goes with the booking' }) id!: string;
  @Nested(() => SlotView) slot!: SlotView;
  @Instant({ description: 'The slot is kept until then' }) until!: string;
}
