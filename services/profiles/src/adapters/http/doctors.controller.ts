import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account, ApiIfMatch, type CurrentAccount, For, IfMatch, Versioned } from '@medflow/service-kit';
import { OwnDoctorProfileHandler } from '../../application/own-doctor-profile.js';
import { DoctorProfileBody, DoctorProfileView } from './doctors.dto.js';
import { doctorView } from './views.js';

@ApiTags('profiles')
@Controller('doctors/me')
@For('doctor')
export class DoctorsController {
  constructor(private readonly profiles: OwnDoctorProfileHandler) {}

  @Get()
  @Versioned()
  @ApiOkResponse({ type: DoctorProfileView })
  async read(@Account() account: CurrentAccount): Promise<DoctorProfileView> {
    return doctorView(await this.profiles.read(account));
  }

  @Put()
  @Versioned()
  @ApiIfMatch()
  @ApiOkResponse({ type: DoctorProfileView })
  async replace(
    @Account() account: CurrentAccount,
    @Body() body: DoctorProfileBody,
    @IfMatch() expected: number | undefined,
  ): Promise<DoctorProfileView> {
    return doctorView(await this.profiles.replace(account, body, expected));
  }
}
