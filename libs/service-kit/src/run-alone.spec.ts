import { describe, expect, it } from '@jest/globals';
import { configFromEnvironment } from './run-alone.js';
import { SettingError } from './setting-error.js';

const complete = {
  MONGODB_URI: 'mongodb://127.0.0.1/?replicaSet=rs0',
  RABBITMQ_URL: 'amqp://127.0.0.1',
  MEDFLOW_INTERNAL_TOKEN: 'secret',
};

describe('a service alone', () => {
  it.each(Object.keys(complete))('does not start without %s: no secret and no server has a default', (variable) => {
    for (const missing of ['', undefined]) {
      const start = () => configFromEnvironment('billing', { ...complete, [variable]: missing });
      expect(start).toThrow(SettingError);
      expect(start).toThrow(variable);
    }
  });

  it('has the settings that it was given', () => {
    expect(configFromEnvironment('billing', complete)).toMatchObject({ internalToken: 'secret', port: 3005 });
    expect(configFromEnvironment('gateway', { ...complete, MONGODB_URI: undefined })).toMatchObject({
      mongoUri: '',
      operationsPort: 3010,
    });
  });
});
