import { Injectable } from '@nestjs/common';

/** Brings word of letters that are written, from the queue to whoever sends them. */
@Injectable()
export class MailWake {
  private listener: () => void = () => undefined;

  listen(listener: () => void): void {
    this.listener = listener;
  }

  tell(): void {
    this.listener();
  }
}
