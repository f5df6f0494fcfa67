import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import { connect } from 'amqplib';
import { type Broker, findBroker } from '../src/index.js';

const installed = existsSync('/usr/lib/rabbitmq/bin/rabbitmq-server');
/** A broker that answers like any on this machine would. */
const local = process.env.RABBITMQ_URL;

(installed && local ? describe : describe.skip)('the broker', () => {
  let folder: string;
  const said: string[] = [];
  const running: Broker[] = [];
  let management: Server | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'medflow-broker-'));
    said.length = 0;
  });
  afterEach(async () => {
    for (const broker of running.splice(0)) await broker.stop();
    management?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const find = async (options: Partial<Parameters<typeof findBroker>[0]> = {}) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME };
    const nobody = 'amqp://127.0.0.1:1';
    const say = (line: string) => void said.push(line);
    const broker = await findBroker({ env, folder, say, localUrl: nobody, ...options });
    running.push(broker);
    if (broker.kind !== 'amqp') throw new Error('there should be a RabbitMQ');
    return broker;
  };
  const letsIn = async (url: string): Promise<boolean> => {
    try {
      await (await connect(url)).close();
      return true;
    } catch {
      return false;
    }
  };
  /** What the management of a broker lists. */
  const managementWith = async (queues: string[]): Promise<string> => {
    management = createServer((request, response) => {
      const names = request.url === '/api/queues' ? queues : ['', 'amq.topic', 'amq.direct'];
      response.end(JSON.stringify(names.map((name) => ({ name }))));
    });
    await new Promise<void>((resolve) => management!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(management.address() as AddressInfo).port}`;
  };

  it('that we start knows one user with a password of its own, keeps events, and is started again when killed', async () => {
    const { url, origin } = await find({ supervise: true });
    expect(origin).toBe('started');
    expect(new URL(url).password).toBe(readFileSync(join(folder, 'password'), 'utf8'));
    for (const name of ['password', 'definitions.json']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const guest = new URL(url);
    guest.username = guest.password = 'guest';
    expect(await letsIn(guest.href)).toBe(false);

    const connection = await connect(url);
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    await channel.assertQueue('kept', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    channel.sendToQueue('kept', Buffer.from('event'), { persistent: true });
    await channel.waitForConfirms();
    // RabbitMQ writes the directory of its quorum queues half a second after a new one.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    process.kill(Number(readFileSync(join(folder, 'beam.pid'), 'utf8')), 'SIGKILL');
    await eventually(() => said.some((line) => line.startsWith('bus: back after')), {
      timeoutMs: 60_000,
      everyMs: 100,
    });
    expect(said.slice(1)).toEqual([
      expect.stringMatching(/^bus: the server ended \(.*\): starting it again$/),
      expect.stringMatching(/^bus: back after/),
    ]);
    const again = await connect(url);
    const reading = await again.createChannel();
    const kept = await eventually(async () => (await reading.get('kept', { noAck: true })) || undefined, {
      timeoutMs: 20_000,
      everyMs: 100,
    });
    expect(kept.content.toString()).toBe('event');
    await again.close();
    expect(readFileSync(join(folder, 'rabbitmq.log'), 'utf8')).not.toContain(new URL(url).password);
  }, 120_000);

  it('on this machine is used when it is empty', async () => {
    const found = await find({ localUrl: local, localManagement: await managementWith([]), installation: 'mf-nobody' });
    expect(found).toMatchObject({ origin: 'found', url: local });
  });

  it('on this machine is used when it has our exchange, whatever else it holds', async () => {
    const connection = await connect(local!);
    const channel = await connection.createChannel();
    await channel.assertExchange('mf-ours.medflow', 'topic', { durable: true });
    const localManagement = await managementWith(['somebody.else']);
    const found = await find({ localUrl: local, localManagement, installation: 'mf-ours' });
    expect(found.origin).toBe('found');
    await channel.deleteExchange('mf-ours.medflow');
    await connection.close();
  });

  it('on this machine is left alone when it is somebody else’s, and one of our own is started', async () => {
    const localManagement = await managementWith(['somebody.else']);
    const broker = await find({ localUrl: local, localManagement, installation: 'mf-nobody' });
    expect(broker.origin).toBe('started');
    expect(said[0]).toMatch(/somebody else’s: left alone/);
  }, 60_000);
});
