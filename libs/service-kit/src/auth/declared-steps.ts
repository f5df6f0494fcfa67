import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { STEP } from './may.js';

type Handlers = Record<string, (...given: unknown[]) => unknown>;

/** A service with a route that does not say what it does, so that no policy speaks of it, does not start. */
@Injectable()
export class DeclaredSteps implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming them */
  onModuleInit(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype }) => {
      const handlers = (metatype as { prototype: Handlers }).prototype;
      return this.scanner
        .getAllMethodNames(handlers)
        .filter((name) => this.reflector.get<unknown>(PATH_METADATA, handlers[name]!) !== undefined)
        .filter((name) => this.reflector.get<unknown>(STEP, handlers[name]!) === undefined)
        .map((name) => `${metatype!.name}.${name}`);
    });
    if (silent.length > 0) throw new Error(`Nothing says who may call ${silent.join(', ')}: @May is missing.`);
  }
}
