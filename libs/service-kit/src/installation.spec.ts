import { installationOf } from './installation.js';
import { configFromEnvironment } from './run-alone.js';
import { SettingError } from './setting-error.js';

describe('the name of an installation', () => {
  it('is what the operator says', () => {
    expect(installationOf({ MEDFLOW_INSTALLATION: 'clinic-2', MEDFLOW_INTERNAL_TOKEN: 'secret' })).toBe('clinic-2');
  });

  it.each(['Clinic', 'a.b', 'a b', 'é', 'x'.repeat(33), '#'])('cannot be %j', (MEDFLOW_INSTALLATION) => {
    expect(() => installationOf({ MEDFLOW_INSTALLATION })).toThrow(SettingError);
  });

  it('is the same for all services that share a secret, another for another secret, and does not give it away', () => {
    const name = installationOf({ MEDFLOW_INTERNAL_TOKEN: 'secret' });
    expect(name).toMatch(/^mf-[0-9a-f]{8}$/);
    expect(installationOf({ MEDFLOW_INTERNAL_TOKEN: 'secret' })).toBe(name);
    expect(installationOf({ MEDFLOW_INTERNAL_TOKEN: 'another' })).not.toBe(name);
  });

  it('cannot be known without either', () => {
    expect(() => installationOf({})).toThrow(/MEDFLOW_INSTALLATION/);
  });

  it('goes before the queues of a service that runs alone', () => {
    const config = configFromEnvironment('billing', {
      MONGODB_URI: 'mongodb://h/?replicaSet=rs0',
      RABBITMQ_URL: 'amqp://h',
      MEDFLOW_INTERNAL_TOKEN: 'secret',
      MEDFLOW_INSTALLATION: 'clinic',
    });
    expect(config).toMatchObject({ installation: 'clinic', bus: { url: 'amqp://h', namespace: 'clinic' } });
  });
});
