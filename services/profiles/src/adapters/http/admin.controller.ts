import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audited, decodeCursor, idKey, instantKey, pageOf, Versioned, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { VerifyLicenceHandler } from '../../application/verify-licence.js';
import type { QueuePlace } from '../../domain/profiles.js';
import { AdminDoctorList, AdminDoctorsQuery, AdminDoctorView, RefuseBody } from './doctors.dto.js';
import { adminDoctorView } from './views.js';

/** @throws ValidationFailed */
function placeOf(cursor: string | undefined): QueuePlace | undefined {
  const keys = decodeCursor(cursor, 2);
  return keys && { queuedAt: instantKey(keys[0]), id: idKey(keys[1]) };
}

@ApiTags('administration')
@Controller('admin/doctors')
export class AdminController {
  constructor(private readonly licences: VerifyLicenceHandler) {}

  @Get()
  @May(access, 'list', 'licence')
  @ApiOkResponse({ type: AdminDoctorList })
  async list(@Query() { verification = 'pending', limit = 20, cursor }: AdminDoctorsQuery): Promise<AdminDoctorList> {
    const profiles = await this.licences.queue(verification, limit + 1, placeOf(cursor));
    const page = pageOf(profiles, limit, ({ state }) => [state.queuedAt.getTime(), state.id]);
    return { items: page.items.map(adminDoctorView), nextCursor: page.nextCursor };
  }

  @Post(':id/verify')
  @May(access, 'verify', 'licence')
  @Audited('licence-decision')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: AdminDoctorView })
  async verify(@Param('id') doctorId: string): Promise<AdminDoctorView> {
    return adminDoctorView(await this.licences.verify(doctorId));
  }

  @Post(':id/refuse')
  @May(access, 'refuse', 'licence')
  @Audited('licence-decision')
  @HttpCode(200)
  @Versioned()
  @ApiOkResponse({ type: AdminDoctorView })
  async refuse(@Param('id') doctorId: string, @Body() { reason }: RefuseBody): Promise<AdminDoctorView> {
    return adminDoctorView(await this.licences.refuse(doctorId, reason));
  }
}
