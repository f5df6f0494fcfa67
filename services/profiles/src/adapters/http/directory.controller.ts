import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { decodeCursor, encodeCursor, ValidationFailed, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { BrowseDirectoryHandler } from '../../application/browse-directory.js';
import type { DirectoryQuery, Place } from '../../domain/search/directory-index.js';
import { DirectoryDoctorView, DirectoryList, DirectorySearchQuery } from './directory.dto.js';
import { directoryDoctorView, directoryItemView } from './views.js';

/** A cursor belongs to the sort that made it. @throws ValidationFailed */
function placeOf(cursor: string | undefined, sort: string): Place | undefined {
  const keys = decodeCursor(cursor, 4);
  if (!keys) return undefined;
  const [of, tier, key, id] = keys;
  if (of !== sort || typeof tier !== 'number' || typeof key !== 'number' || typeof id !== 'string') {
    throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
  }
  return { tier, key, id };
}

/** @throws ValidationFailed */
function queryOf({
  cursor,
  limit = 20,
  sort = 'relevance',
  availableFrom,
  availableTo,
  ...filters
}: DirectorySearchQuery): DirectoryQuery {
  const day = (instant: string | undefined) =>
    instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 10);
  const [from, to] = [day(availableFrom), day(availableTo)];
  if (from !== undefined && to !== undefined && to < from) {
    throw new ValidationFailed([{ field: 'availableTo', code: 'from-after-to' }]);
  }
  return { ...filters, availableFrom: from, availableTo: to, limit, sort, after: placeOf(cursor, sort) };
}

@ApiTags('directory')
@Controller('doctors')
export class DirectoryController {
  constructor(private readonly directory: BrowseDirectoryHandler) {}

  @Get()
  @May(access, 'search', 'directory')
  @ApiOkResponse({ type: DirectoryList })
  async search(@Query() query: DirectorySearchQuery): Promise<DirectoryList> {
    const wanted = queryOf(query);
    const { items, next } = await this.directory.search(wanted);
    const nextCursor = next ? encodeCursor([wanted.sort, next.tier, next.key, next.id]) : null;
    return { items: items.map(directoryItemView), nextCursor };
  }

  @Get(':id')
  @May(access, 'read', 'directory')
  @ApiOkResponse({ type: DirectoryDoctorView })
  async read(@Param('id') doctorId: string): Promise<DirectoryDoctorView> {
    return directoryDoctorView(await this.directory.read(doctorId));
  }
}
