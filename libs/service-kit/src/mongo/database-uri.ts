import { SettingError } from '../setting-error.js';

/** Scheme and hosts with credentials, database, options. Several hosts make it no URL in the sense of WHATWG. */
const PARTS = /^(mongodb(?:\+srv)?:\/\/)([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/** Mechanisms whose users live in a database; all others are the server's own affair (`$external`). */
const IN_DATABASE = /^(DEFAULT|SCRAM-SHA-1|SCRAM-SHA-256)$/i;

/**
 * The service's own database on the server of `uri`, whose own database, if it names one, goes before the service's
 * name. Credentials and options are kept.
 *
 * A connection string without `authSource` looks for the user in the database of its path, which is another one now:
 * so it is said where the user was to be found (`admin` where the path was empty, as MongoDB has it).
 * @throws SettingError when it is no connection string
 */
export function databaseUri(uri: string, service: string): string {
  const match = PARTS.exec(uri);
  if (!match) throw new SettingError('MONGODB_URI is not a MongoDB connection string (mongodb://…).');
  const [, scheme, hosts = '', database, given = ''] = match;
  const options = [given, authSource(hosts, database, given)].filter(Boolean).join('&');
  return `${scheme}${hosts}/${database || 'medflow'}_${service}${options && `?${options}`}`;
}

function authSource(hosts: string, database: string | undefined, options: string): string {
  if (!hosts.includes('@')) return '';
  const named = new Map([...new URLSearchParams(options)].map(([name, value]) => [name.toLowerCase(), value]));
  if (named.has('authsource') || !IN_DATABASE.test(named.get('authmechanism') ?? 'DEFAULT')) return '';
  return `authSource=${database || 'admin'}`;
}
