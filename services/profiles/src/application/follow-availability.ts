import { Injectable } from '@nestjs/common';
import { type Availability, Directory } from '../domain/directory.js';

/** Keeps the directory's word on when a doctor can be booked. */
@Injectable()
export class FollowAvailabilityHandler {
  constructor(private readonly directory: Directory) {}

  execute(doctorId: string, availability: Availability): Promise<void> {
    return this.directory.summarise(doctorId, availability);
  }
}
