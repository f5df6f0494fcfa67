import { Injectable } from '@nestjs/common';
import { Directory, type DirectoryPage, type Listing } from '../domain/directory.js';
import { NotFound } from '../domain/errors.js';
import type { DirectoryQuery } from '../domain/search/directory-index.js';

/** The public directory « Les docteurs ». */
@Injectable()
export class BrowseDirectoryHandler {
  constructor(private readonly directory: Directory) {}

  search(query: DirectoryQuery): Promise<DirectoryPage> {
    return this.directory.search(query);
  }

  /** @throws NotFound unless the doctor is published */
  async read(doctorId: string): Promise<Listing> {
    const listing = await this.directory.find(doctorId);
    if (!listing) throw new NotFound(`doctor ${doctorId}`);
    return listing;
  }
}
