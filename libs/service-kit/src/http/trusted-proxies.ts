import { isIP } from 'node:net';
import { SettingError } from '../setting-error.js';

/** Names that Fastify knows for networks. */
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];
const MOST_HOPS = 16;

type Trust = false | string[] | ((address: string, hop: number) => boolean);

const isNetwork = (value: string): boolean => {
  const [address = '', bits, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
};

/**
 * Whose word on the caller's address and protocol counts, as Fastify takes it.
 *
 * Fastify itself trusts nobody when it is given a number, since a client that reaches it past the proxies could choose
 * its address. A number is what operators know, so it is a function here: true for the proxies nearest to us.
 * @param setting `2` (proxies before us), or addresses, networks and names: `10.0.0.0/8, loopback`
 * @throws SettingError
 */
export function trustedProxies(setting = ''): Trust {
  const values = setting
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);
  const [first = '0'] = values;
  if (values.length <= 1 && /^\d{1,3}$/.test(first) && Number(first) <= MOST_HOPS) {
    const hops = Number(first);
    return hops > 0 && ((_address, hop) => hop < hops);
  }
  const wrong = values.find((value) => !NETWORKS.includes(value) && !isNetwork(value));
  if (wrong === undefined) return values;
  throw new SettingError(
    `MEDFLOW_TRUST_PROXY cannot be used (${wrong}): give the number of proxies before the gateway (0 to ${MOST_HOPS}), or their addresses and networks, such as 10.0.0.0/8, 192.0.2.7 or loopback.`,
  );
}
