import ipaddr from 'ipaddr.js';

/**
 * What counts as one caller wherever addresses are counted: an IPv4 address, also where it comes mapped into IPv6, and of
 * IPv6 the /64 that one subscriber has to choose addresses from (RFC 6177).
 * @returns anything that is no address as it is
 */
export function networkOf(address: string): string {
  // The zone says where the caller is to us, not who.
  const [plain = ''] = address.split('%');
  if (!ipaddr.isValid(plain)) return address;
  const parsed = ipaddr.process(plain);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}
