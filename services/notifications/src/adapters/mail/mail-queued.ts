import { Injectable } from '@nestjs/common';

/** The signal, within this process, that letters were queued: whoever sends them need not look for them. */
@Injectable()
export class MailQueued {
  private listener: () => void = () => undefined;

  listen(listener: () => void): void {
    this.listener = listener;
  }

  announce(): void {
    this.listener();
  }
}
