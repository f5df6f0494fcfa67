import { Controller, Delete, Get, Headers, HttpCode, Param, Put, Res, StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Account,
  type CurrentAccount,
  FileBody,
  imageTypes,
  May,
  Nested,
  Photo,
  photoOf,
  type PhotoSize,
  TakesFile,
} from '@medflow/service-kit';
import type { FastifyReply } from 'fastify';
import { access } from '../../access.js';
import { OwnPhotoHandler } from '../../application/own-photo.js';
import { NotFound } from '../../domain/errors.js';
import { Photos, type Portrait } from '../../domain/photo.js';

/** Another picture has another address. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const portraits: Readonly<Record<`${PhotoSize}`, keyof Portrait>> = { 512: 'large', 128: 'small' };

export class OwnPhotoView {
  @Nested(() => Photo) photo!: Photo;
}

@ApiTags('profiles')
@Controller()
export class PhotosController {
  constructor(
    private readonly own: OwnPhotoHandler,
    private readonly photos: Photos,
  ) {}

  @Put('patients/me/photo')
  @May(access, 'change', 'patient-profile')
  @TakesFile(imageTypes)
  @ApiOkResponse({ type: OwnPhotoView })
  async ofPatient(@Account() account: CurrentAccount, @FileBody() image: Buffer): Promise<OwnPhotoView> {
    return { photo: photoOf(await this.own.replace('patient', account, image))! };
  }

  @Delete('patients/me/photo')
  @HttpCode(204)
  @May(access, 'change', 'patient-profile')
  @ApiNoContentResponse()
  async removeOfPatient(@Account() account: CurrentAccount): Promise<void> {
    await this.own.remove('patient', account);
  }

  @Put('doctors/me/photo')
  @May(access, 'change', 'doctor-profile')
  @TakesFile(imageTypes)
  @ApiOkResponse({ type: OwnPhotoView })
  async ofDoctor(@Account() account: CurrentAccount, @FileBody() image: Buffer): Promise<OwnPhotoView> {
    return { photo: photoOf(await this.own.replace('doctor', account, image))! };
  }

  @Delete('doctors/me/photo')
  @HttpCode(204)
  @May(access, 'change', 'doctor-profile')
  @ApiNoContentResponse()
  async removeOfDoctor(@Account() account: CurrentAccount): Promise<void> {
    await this.own.remove('doctor', account);
  }

  @Get('photos/:id/:size')
  @May(access, 'read', 'photo')
  @ApiOkResponse({ content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } } })
  async read(
    @Param('id') id: string,
    @Param('size') size: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const portrait = Object.hasOwn(portraits, size) ? portraits[size as `${PhotoSize}`] : undefined;
    const image = portrait && (await this.photos.find(id, portrait));
    if (!image) throw new NotFound(`photo ${id}/${size}`);
    const etag = `"${id}-${size}"`;
    void reply.header('cache-control', FOR_EVER).header('etag', etag);
    if (known?.includes(etag)) {
      void reply.status(304);
      return undefined;
    }
    return new StreamableFile(image, { type: 'image/webp', length: image.length });
  }
}
