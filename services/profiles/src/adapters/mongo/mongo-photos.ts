import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { derivedSecret, MongoTransactions, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import { type Model, mongo } from 'mongoose';
import { type PhotoChange, Photos, type Portrait } from '../../domain/photo.js';
import { type PhotoDocument, PhotoRecord } from './schemas.js';

/** Of the digest: 144 bits. */
const ID_LENGTH = 24;

@Injectable()
export class MongoPhotos extends Photos {
  private readonly photos: mongo.Collection<PhotoDocument>;
  private secret: string | undefined;

  constructor(
    @InjectModel(PhotoRecord.name) model: Model<PhotoRecord>,
    private readonly transactions: MongoTransactions,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {
    super();
    this.photos = model.collection as unknown as mongo.Collection<PhotoDocument>;
  }

  /** Of the owner and the image, under a secret: nobody can tell from an address whose it is, or whether it is a given image. */
  idOf(ownerId: string, image: Uint8Array): string {
    this.secret ??= derivedSecret(this.config, 'photos');
    const digest = createHmac('sha256', this.secret).update(`${ownerId}\0`).update(image).digest('base64url');
    return digest.slice(0, ID_LENGTH);
  }

  async find(id: string, size: keyof Portrait): Promise<Uint8Array | undefined> {
    const photo = await this.photos.findOne({ _id: id }, { projection: { [size]: 1 } });
    return photo?.[size].buffer;
  }

  /** In the ambient transaction. */
  async apply({ added, removed }: PhotoChange): Promise<void> {
    const { session } = this.transactions;
    if (added) {
      const { id: _id, ownerId, large, small } = added;
      const photo = { ownerId, large: new mongo.Binary(large), small: new mongo.Binary(small) };
      await this.photos.replaceOne({ _id }, photo, { upsert: true, session });
    }
    if (removed !== undefined) await this.photos.deleteOne({ _id: removed }, { session });
  }
}
