import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { May } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';
import { access } from '../access.js';
import { DoctorDashboardView, PatientDashboardView } from './dashboards.dto.js';
import { ReadDashboards } from './read-dashboards.js';
import { ReadStatistics } from './read-statistics.js';
import { StatisticsQuery, StatisticsView } from './statistics.dto.js';
import { callerOf } from './upstreams.js';

@ApiTags('figures')
@Controller('doctors/me')
export class DoctorFiguresController {
  constructor(
    private readonly statistics: ReadStatistics,
    private readonly dashboards: ReadDashboards,
  ) {}

  @Get('statistics')
  @May(access, 'read', 'statistics')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: StatisticsView })
  read(@Req() request: FastifyRequest, @Query() query: StatisticsQuery): Promise<StatisticsView> {
    return this.statistics.execute(callerOf(request), query);
  }

  @Get('dashboard')
  @May(access, 'read', 'doctor-dashboard')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: DoctorDashboardView })
  dashboard(@Req() request: FastifyRequest): Promise<DoctorDashboardView> {
    return this.dashboards.ofDoctor(callerOf(request));
  }
}

@ApiTags('figures')
@Controller('patients/me')
export class PatientFiguresController {
  constructor(private readonly dashboards: ReadDashboards) {}

  @Get('dashboard')
  @May(access, 'read', 'patient-dashboard')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: PatientDashboardView })
  dashboard(@Req() request: FastifyRequest): Promise<PatientDashboardView> {
    return this.dashboards.ofPatient(callerOf(request));
  }
}
