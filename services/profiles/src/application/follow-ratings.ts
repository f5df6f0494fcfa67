import { Injectable } from '@nestjs/common';
import { Directory, type Rating } from '../domain/directory.js';

/** Keeps the directory's word on how patients rate a doctor. */
@Injectable()
export class FollowRatingsHandler {
  constructor(private readonly directory: Directory) {}

  execute(doctorId: string, rating: Rating): Promise<void> {
    return this.directory.rate(doctorId, rating);
  }
}
