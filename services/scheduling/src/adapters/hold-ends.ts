import { Injectable } from '@nestjs/common';

/** Brings word of when holds end, from where they are saved to whoever ends them. */
@Injectable()
export class HoldEnds {
  private listener: (at: Date) => void = () => undefined;

  listen(listener: (at: Date) => void): void {
    this.listener = listener;
  }

  expect(at: Date): void {
    this.listener(at);
  }
}
