import { mongo } from 'mongoose';
import { SettingError } from '../setting-error.js';
import { clientOptions } from './client-options.js';
import { databaseUri } from './database-uri.js';

/** What the driver itself makes of a connection string. */
const read = (uri: string) => {
  const { credentials, dbName, hosts, replicaSet, tls } = new mongo.MongoClient(uri).options;
  return { user: credentials?.username, source: credentials?.source, dbName, hosts: hosts.length, replicaSet, tls };
};

describe('the database of a service', () => {
  it('is on the server of MONGODB_URI, its options kept', () => {
    expect(databaseUri('mongodb://127.0.0.1:27017', 'billing')).toBe('mongodb://127.0.0.1:27017/medflow_billing');
    expect(databaseUri('mongodb://a:1,b:2/?replicaSet=rs0&tls=true', 'billing')).toBe(
      'mongodb://a:1,b:2/medflow_billing?replicaSet=rs0&tls=true',
    );
  });

  it('is named after the database of the path, so that two installations can share a server', () => {
    expect(databaseUri('mongodb://h/clinic?directConnection=true', 'billing')).toBe(
      'mongodb://h/clinic_billing?directConnection=true',
    );
  });

  it.each([
    ['mongodb://medflow:p%40ss@h/?replicaSet=rs0', 'admin'],
    ['mongodb://medflow:p%40ss@h', 'admin'],
    ['mongodb://medflow:p%40ss@h1,h2:27018/clinic?replicaSet=rs0', 'clinic'],
    ['mongodb://medflow:p%40ss@h/clinic?authSource=people', 'people'],
    ['mongodb://medflow:p%40ss@h/?authsource=people&tls=true', 'people'],
    ['mongodb://medflow:p%40ss@h/?authMechanism=SCRAM-SHA-256', 'admin'],
  ])('looks for the user of %s in %s, as the string itself says', (uri, source) => {
    expect(read(uri).source).toBe(source);
    expect(read(databaseUri(uri, 'identity'))).toEqual({
      ...read(uri),
      dbName: uri.includes('/clinic') ? 'clinic_identity' : 'medflow_identity',
    });
  });

  it('leaves users of certificates and other outside mechanisms outside', () => {
    const uri = 'mongodb://CN%3Dmedflow@h/?authMechanism=MONGODB-X509&tls=true';
    expect(read(databaseUri(uri, 'identity')).source).toBe('$external');
  });

  it('can be found by DNS', () => {
    expect(databaseUri('mongodb+srv://medflow:secret@cluster.example.net/?retryWrites=true', 'identity')).toBe(
      'mongodb+srv://medflow:secret@cluster.example.net/medflow_identity?retryWrites=true&authSource=admin',
    );
  });

  it('refuses what is no connection string, without repeating it', () => {
    expect(() => databaseUri('postgres://user:secret@h/db', 'identity')).toThrow(SettingError);
    expect(() => databaseUri('postgres://user:secret@h/db', 'identity')).not.toThrow(/secret/);
  });

  it('is waited for no longer than the operator says', () => {
    expect(clientOptions('mongodb://h/db')).toMatchObject({ serverSelectionTimeoutMS: 2000 });
    expect(clientOptions('mongodb://h/db?serverselectiontimeoutms=9000&tls=true')).not.toHaveProperty(
      'serverSelectionTimeoutMS',
    );
  });
});
