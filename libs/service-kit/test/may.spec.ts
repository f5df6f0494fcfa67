import { Controller, type DynamicModule, Get, Module, type Type } from '@nestjs/common';
import { Access, type AccountSubject, addressProven } from '@medflow/access';
import { FakeIdentity } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineService, May, Requester, type RunningService } from '../src/index.js';

const INTERNAL_TOKEN = 'internal-token-of-the-tests-0123456789';

const access = new Access<{ thing: unknown }>('things', {
  'Anybody may see things.': { who: 'anyone', may: 'see', on: 'thing', purpose: 'public' },
  'A patient may count things.': { who: 'patient', may: 'count', on: 'thing', purpose: 'own' },
  'A doctor who has proven their address may buy things.': {
    who: 'doctor',
    may: 'buy',
    on: 'thing',
    purpose: 'own',
    provided: addressProven,
  },
  'Services may move things.': { who: 'service', may: 'move', on: 'thing', purpose: 'operation' },
});

@Controller('things')
class ThingsController {
  @Get('see')
  @May(access, 'see', 'thing')
  see(@Requester() requester: unknown) {
    return requester;
  }

  @Get('count')
  @May(access, 'count', 'thing')
  count(@Requester() { id, role }: AccountSubject) {
    return { id, role };
  }

  @Get('buy')
  @May(access, 'buy', 'thing')
  buy() {
    return {};
  }
}

@Controller('internal/things')
class InternalThingsController {
  @Get('move')
  @May(access, 'move', 'thing')
  move(@Requester() requester: unknown) {
    return requester;
  }
}

@Module({ controllers: [ThingsController, InternalThingsController] })
class ThingsModule {}

@Controller('silent')
class SilentController {
  @Get('said')
  @May(access, 'see', 'thing')
  said() {
    return {};
  }

  @Get('forgotten')
  forgotten() {
    return {};
  }
}

@Controller('open')
class OpenController {
  @Get('move')
  @May(access, 'move', 'thing')
  move() {
    return {};
  }
}

@Controller('internal')
class HiddenController {
  @Get('see')
  @May(access, 'see', 'thing')
  see() {
    return {};
  }
}

const moduleOf = (...controllers: Type[]): DynamicModule => ({ module: class {}, controllers });

describe('what a route says that it does', () => {
  let identity: FakeIdentity;
  let things: RunningService;
  const start = (module: Type | DynamicModule) =>
    defineService({ name: 'things', module: () => module }).create({
      port: 0,
      host: '127.0.0.1',
      mongoUri: '',
      internalToken: INTERNAL_TOKEN,
      upstreams: { identity: identity.url },
      env: { LOG_LEVEL: 'silent' },
    } as never);
  beforeAll(async () => {
    identity = await FakeIdentity.start();
    things = await start(ThingsModule);
  });
  afterAll(async () => {
    await things.close();
    await identity.stop();
  });

  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${things.port}/${path}`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const as = async (role: 'patient' | 'doctor' | 'admin', emailVerified = true) => ({
    authorization: `Bearer ${await identity.token({ id: `the-${role}`, role, emailVerified })}`,
  });

  it('is open to those of whom the policies speak, and tells the handler who they are', async () => {
    expect(await ask('things/see')).toEqual({ status: 200, body: { role: 'nobody' } });
    expect(await ask('things/see', await as('admin'))).toMatchObject({ status: 200, body: { id: 'the-admin' } });
    expect(await ask('things/count', await as('patient'))).toEqual({
      status: 200,
      body: { id: 'the-patient', role: 'patient' },
    });
  });

  it('is refused to everybody else, as such', async () => {
    expect(await ask('things/count')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(await ask('things/count', await as('doctor'))).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('is refused for want of what the policy asks for beside the role', async () => {
    expect(await ask('things/buy', await as('doctor', false))).toMatchObject({
      status: 403,
      body: { code: 'email-not-verified' },
    });
    expect(await ask('things/buy', await as('doctor'))).toMatchObject({ status: 200 });
  });

  it('is for services alone with the secret that they share, whatever token comes with the request', async () => {
    expect(await ask('internal/things/move', { 'x-medflow-internal': INTERNAL_TOKEN })).toEqual({
      status: 200,
      body: { role: 'service' },
    });
    const wrong = { 'x-medflow-internal': INTERNAL_TOKEN.replace('9', '8') };
    for (const headers of [{}, wrong, await as('admin')])
      expect((await ask('internal/things/move', headers)).status).toBe(401);
  });

  it('must be said: a service with a route that does not say it is not started', async () => {
    await expect(start(moduleOf(SilentController))).rejects.toThrow(
      'Nothing says who may call SilentController.forgotten: @May is missing.',
    );
  });

  it('is below « internal » where it is for services, and nothing else is', async () => {
    await expect(start(moduleOf(OpenController))).rejects.toThrow('OpenController.move');
    await expect(start(moduleOf(HiddenController))).rejects.toThrow('HiddenController.see');
  });

  it('must be something that a policy speaks of', () => {
    expect(() => May(access, 'sell', 'thing')).toThrow('things: no policy says who may sell thing');
  });
});
