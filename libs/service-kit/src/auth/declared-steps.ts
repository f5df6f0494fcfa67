import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type Step, STEP } from './may.js';

type Handlers = Record<string, (...given: unknown[]) => unknown>;

/**
 * A service does not start with a route that does not say what it does, so that no policy speaks of it, nor with one that
 * is for services alone and not below `internal`, or the other way round: the gateway routes nothing there.
 */
@Injectable()
export class DeclaredSteps implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming them */
  onModuleInit(): void {
    const faults = this.discovery.getControllers().flatMap(({ metatype }) => this.faultsOf(metatype as Type));
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  private faultsOf(controller: Type): string[] {
    const handlers = controller.prototype as Handlers;
    const isInternal = String(this.reflector.get<string | string[]>(PATH_METADATA, controller)).startsWith('internal');
    return this.scanner.getAllMethodNames(handlers).flatMap((name) => {
      const handler = handlers[name]!;
      if (this.reflector.get<unknown>(PATH_METADATA, handler) === undefined) return [];
      const step = this.reflector.get<Step | undefined>(STEP, handler);
      const route = `${controller.name}.${name}`;
      if (!step) return [`Nothing says who may call ${route}: @May is missing.`];
      const audience = step.access.audience(step.action, step.resource);
      const isForServices = audience.includes('service');
      if (isForServices && audience.length > 1) return [`${route} is for services and for others.`];
      return isForServices === isInternal
        ? []
        : [`${route}: what is for services, and nothing else, is below internal.`];
    });
  }
}
