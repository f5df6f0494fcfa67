import { X509Certificate } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Seals } from '@medflow/sealing';
import { isDuplicateKey, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import type { Model, mongo } from 'mongoose';
import { CertificateNotValid } from '../../domain/errors.js';
import { type UsedCertificate, type SignedWith, SigningCertificates } from '../../domain/papers.js';
import { Clock } from '../../domain/ports.js';
import type { Signer } from './cms.js';
import { selfSigned } from './installation-certificate.js';
import { signerIn } from './pkcs12.js';

@Schema({ collection: 'signing_keys', versionKey: false })
export class SigningKeyRecord {
  /** `installation`, or `doctor|<id>`. */
  @Prop({ type: String }) _id!: string;
  /** Key, certificate and chain, base64 in JSON. */
  @Prop({ required: true, type: Buffer }) sealed!: mongo.Binary;
  @Prop({ required: true, type: Date }) createdAt!: Date;
}

export const signingKeyModel = {
  name: SigningKeyRecord.name,
  schema: SchemaFactory.createForClass(SigningKeyRecord),
};

const INSTALLATION = 'installation';
const doctorKey = (doctorId: string) => `doctor|${doctorId}`;
const placeOf = (id: string) => `signing_keys|${id}|sealed`;

/** Keys that papers are signed with: the installation's own, made once among its processes, and those that doctors gave. */
@Injectable()
export class SigningKeys extends SigningCertificates implements OnApplicationBootstrap {
  private readonly logger = new Logger('signing');
  private made: Promise<Signer> | undefined;

  constructor(
    @InjectModel(SigningKeyRecord.name) private readonly keys: Model<SigningKeyRecord>,
    private readonly seals: Seals,
    private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<ServiceConfig, 'env' | 'installation'>,
  ) {
    super();
  }

  /** The first start makes it; nobody waits for that until a paper is wanted. */
  onApplicationBootstrap(): void {
    this.installation().catch((error: Error) => this.logger.warn(`no certificate yet: ${error.message}`));
  }

  /** The doctor's own where there is one that holds today. */
  async signerOf(doctorId: string, now: Date): Promise<{ signer: Signer; signedWith: SignedWith }> {
    const own = await this.stored(doctorKey(doctorId));
    if (own && holds(own, now)) return { signer: own, signedWith: 'doctor' };
    return { signer: await this.installation(), signedWith: INSTALLATION };
  }

  installation(): Promise<Signer> {
    this.made ??= this.first().catch((error: Error) => {
      this.made = undefined;
      throw error;
    });
    return this.made;
  }

  async give(doctorId: string, file: Uint8Array, passphrase: string, now: Date): Promise<UsedCertificate> {
    const signer = await signerIn(file, passphrase);
    if (!holds(signer, now)) throw new CertificateNotValid('it has expired or does not hold yet');
    const id = doctorKey(doctorId);
    const sealed = await this.sealed(id, signer);
    await this.keys.collection.replaceOne({ _id: id as never }, { sealed, createdAt: now } as never, { upsert: true });
    return { signedWith: 'doctor', ...toldOf(signer) };
  }

  async of(doctorId: string, now: Date): Promise<UsedCertificate> {
    const { signer, signedWith } = await this.signerOf(doctorId, now);
    return { signedWith, ...toldOf(signer) };
  }

  async takeAway(doctorId: string): Promise<void> {
    await this.keys.collection.deleteOne({ _id: doctorKey(doctorId) as never });
  }

  private async first(): Promise<Signer> {
    const stored = await this.stored(INSTALLATION);
    if (stored) return stored;
    const now = this.clock.now();
    const name = this.config.env.PUBLIC_URL ? new URL(this.config.env.PUBLIC_URL).host : this.config.installation;
    const sealed = await this.sealed(INSTALLATION, await selfSigned(`MedFlow ${name ?? ''}`.trim(), now));
    try {
      await this.keys.collection.insertOne({ _id: INSTALLATION as never, sealed, createdAt: now } as never);
    } catch (error) {
      // Another process was faster: its certificate is the one.
      if (!isDuplicateKey(error)) throw error;
    }
    return (await this.stored(INSTALLATION))!;
  }

  private async stored(id: string): Promise<Signer | undefined> {
    const record = await this.keys.findById(id).lean<SigningKeyRecord>();
    if (!record) return undefined;
    const { key, certificate, chain } = await this.seals.openJson<Stored>(id, placeOf(id), record.sealed);
    const bytes = (text: string) => Buffer.from(text, 'base64');
    return { key: bytes(key), certificate: bytes(certificate), chain: chain.map(bytes) };
  }

  private sealed(id: string, { key, certificate, chain }: Signer): Promise<Buffer> {
    const text = (bytes: Buffer) => bytes.toString('base64');
    const stored: Stored = { key: text(key), certificate: text(certificate), chain: chain.map(text) };
    return this.seals.sealJson(id, placeOf(id), stored);
  }
}

interface Stored {
  readonly key: string;
  readonly certificate: string;
  readonly chain: readonly string[];
}

function toldOf({ certificate }: Signer): Omit<UsedCertificate, 'signedWith'> {
  const { subject, issuer, validFrom, validTo } = new X509Certificate(certificate);
  return { subject, issuer, validFrom: new Date(validFrom), validUntil: new Date(validTo) };
}

function holds(signer: Signer, now: Date): boolean {
  const { validFrom, validUntil } = toldOf(signer);
  return validFrom <= now && now < validUntil;
}
