import { Injectable } from '@nestjs/common';

/** Brings word that doctors may do something else from now on, from where it is saved to whoever settles their appointments. */
@Injectable()
export class PracticeChanges {
  private listener: () => void = () => undefined;

  listen(listener: () => void): void {
    this.listener = listener;
  }

  announce(): void {
    this.listener();
  }
}
