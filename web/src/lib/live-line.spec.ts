import { expect, it } from 'vitest';
import { LiveLine } from './live-line';

class FakeSocket {
  connected = true;
  readonly did: unknown[] = [];
  private onConnect = () => undefined as void;
  private any = (_event: string, _payload: unknown) => undefined as void;
  connect(): void {
    this.did.push('connect');
  }
  disconnect(): void {
    this.did.push('disconnect');
  }
  emit(event: string, payload: unknown): void {
    this.did.push([event, payload]);
  }
  on(_event: 'connect', listener: () => void): void {
    this.onConnect = listener;
  }
  onAny(listener: (event: string, payload: unknown) => void): void {
    this.any = listener;
  }
  happens(event: string, payload?: unknown): void {
    if (event === 'connect') this.onConnect();
    else this.any(event, payload);
  }
}

it('passes on what comes to who listens, until they stop', () => {
  const [line, socket, heard] = [new LiveLine(), new FakeSocket(), [] as unknown[]];
  line.attach(socket);
  const stop = line.on('signal', (payload) => heard.push(payload));
  line.on('connect', () => heard.push('connected'));
  socket.happens('signal', 1);
  socket.happens('presence', 2);
  socket.happens('connect');
  stop();
  socket.happens('signal', 3);
  expect(heard).toEqual([1, 'connected']);
});

it('says nothing while there is no connection, and nothing of it afterwards', () => {
  const [line, socket] = [new LiveLine(), new FakeSocket()];
  line.emit('signal', 1);
  const detach = line.attach(socket);
  socket.connected = false;
  line.emit('signal', 2);
  socket.connected = true;
  line.emit('signal', 3);
  detach();
  line.emit('signal', 4);
  expect(socket.did).toEqual([['signal', 3]]);
  expect(line.isConnected).toBe(false);
});

it('connects anew when the network is another one', () => {
  const [line, socket] = [new LiveLine(), new FakeSocket()];
  line.attach(socket);
  line.refresh();
  expect(socket.did).toEqual(['disconnect', 'connect']);
});
