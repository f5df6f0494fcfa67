import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Received {
  recipient: string;
  /** The whole message, CRLF line ends. */
  message: string;
  messageId: string;
}

/** As much of RFC 5321 as a client needs to hand over mail; can be away and come back on its port. */
export class SmtpServer {
  readonly received: Received[] = [];
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;

  static async start(): Promise<SmtpServer> {
    const smtp = new SmtpServer();
    await smtp.comeBack();
    return smtp;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async comeBack(): Promise<void> {
    const server = createServer((socket) => this.serve(socket));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async goAway(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    socket.write('220 test ESMTP\r\n');
    let pending = '';
    let recipient = '';
    let data = false;
    socket.on('data', (chunk) => {
      pending += chunk.toString();
      for (;;) {
        const end = data ? '\r\n.\r\n' : '\r\n';
        const at = pending.indexOf(end);
        if (at < 0) return;
        const line = pending.slice(0, at);
        pending = pending.slice(at + end.length);
        if (data) {
          data = false;
          this.received.push({ recipient, message: line, messageId: /^Message-ID: (.*)$/im.exec(line)?.[1] ?? '' });
          socket.write('250 taken\r\n');
          continue;
        }
        recipient = /^RCPT TO:<(.*?)>/i.exec(line)?.[1] ?? recipient;
        data = /^DATA/i.test(line);
        socket.write(data ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 fine\r\n');
      }
    });
  }
}
