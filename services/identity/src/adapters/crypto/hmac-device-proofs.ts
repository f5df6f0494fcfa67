import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { derivedSecret, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { DeviceProofs } from '../../domain/known-device.js';

@Injectable()
export class HmacDeviceProofs extends DeviceProofs {
  private readonly key: string;

  constructor(@Inject(SERVICE_CONFIG) config: ServiceConfig) {
    super();
    this.key = derivedSecret(config, 'device cookies');
  }

  proofOf(deviceId: string, accountId: string): string {
    return createHmac('sha256', this.key).update(`${deviceId} ${accountId}`).digest('base64url');
  }
}
