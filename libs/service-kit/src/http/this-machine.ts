import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const isLoopback = (address = ''): boolean => loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** Left by proxies: what carries one of them comes from elsewhere, whoever brought it here. */
const forwarding = /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|cf-connecting-ip|true-client-ip)$/;

const nameOf = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
const isOurName = (name: string): boolean => name === 'localhost' || isLoopback(name);

/**
 * True for a request that somebody at this very machine sends, by what the socket says and not by a header. The host
 * that it names must be this machine too, or `publicUrl`'s: a page of another site can have its name resolve to
 * 127.0.0.1, and its visitor's browser would then fetch for it what is meant for the visitor alone (DNS rebinding).
 */
export function fromThisMachine(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  publicUrl?: string,
): boolean {
  if (!isLoopback(socket.remoteAddress)) return false;
  if (Object.keys(headers).some((name) => forwarding.test(name))) return false;
  const name = nameOf(headers.host ?? '').toLowerCase();
  return isOurName(name) || (URL.canParse(publicUrl ?? '') && nameOf(new URL(publicUrl!).host) === name);
}

/** There is nothing here for this caller (404). */
export class NotForOthers extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

/** Of a port that is open to the world: for those at this machine; others are not told that there is anything. */
@Injectable()
export class ThisMachineOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (fromThisMachine(context.switchToHttp().getRequest<FastifyRequest>().raw)) return true;
    throw new NotForOthers('not from this machine');
  }
}
