import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { defineService, May, operationsAccess } from '../src/index.js';

const ANSWERS_AFTER_MS = 200;
/** What is left to be done when the last answer has been given; a kept connection would last more than a minute. */
const AT_MOST_MS = 2_000;

const requests = new EventTarget();

@Controller('slow')
class SlowController {
  @Get()
  @May(operationsAccess, 'measure', 'process')
  async answer() {
    requests.dispatchEvent(new Event('arrived'));
    await sleep(ANSWERS_AFTER_MS);
    return { done: true };
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('a service that stops', () => {
  it('answers what is under way and does not wait for the connection that its caller keeps', async () => {
    const service = await defineService({ name: 'slow', module: () => SlowModule }).create({
      port: 0,
      host: '127.0.0.1',
      mongoUri: '',
      internalToken: 'internal-token-of-the-tests-0123456789',
      env: {},
    } as never);
    const agent = new Agent({ keepAlive: true });
    const arrived = once(requests, 'arrived');
    const answered = new Promise<number | undefined>((resolve, reject) => {
      get({ host: '127.0.0.1', port: service.port, path: '/slow', agent }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      }).on('error', reject);
    });
    await arrived;
    const began = performance.now();
    await service.close();
    expect(await answered).toBe(200);
    expect(performance.now() - began).toBeLessThan(AT_MOST_MS);
    agent.destroy();
  });
});
