import {
  Choice,
  Choices,
  Flag,
  Instant,
  MAX_FILE_BYTES,
  Money,
  Nested,
  NestedList,
  PageQuery,
  PersonName,
  Photo,
  Price,
  Text,
  TextList,
  TimeZone,
  Whole,
} from '@medflow/service-kit';
import {
  type DoctorGender,
  doctorGenders,
  type Language,
  languages,
  type Specialization,
  specializations,
  type Verification,
  verifications,
} from '../../domain/codes.js';
import { type ProofType, proofTypes } from '../../domain/licence-proof.js';

/** Registers of the orders of physicians number with digits, letters and separators. */
const LICENCE_NUMBER = /^[\p{L}\p{N}][\p{L}\p{N} ./-]{1,39}$/u;

/** Replaces the profile: what is absent or null is cleared; names and time zone stay when absent. */
export class DoctorProfileBody {
  @PersonName({ optional: true }) firstName?: string;
  @PersonName({ optional: true }) lastName?: string;
  @Choice(doctorGenders, { optional: true, nullable: true }) gender?: DoctorGender | null;
  @Text({ min: 0, max: 4000, multiline: true, optional: true, nullable: true }) biography?: string | null;
  @Choices(specializations, { max: 5, optional: true, nullable: true }) specializations?: Specialization[] | null;
  @TextList({ max: 20, length: 200, optional: true, nullable: true }) qualifications?: string[] | null;
  @TextList({ max: 20, length: 200, optional: true, nullable: true }) experience?: string[] | null;
  @Choices(languages, { optional: true, nullable: true }) languages?: Language[] | null;
  @Text({ min: 0, max: 80, optional: true, nullable: true, example: 'Tunis' }) city?: string | null;
  @Text({ min: 0, max: 300, multiline: true, optional: true, nullable: true }) address?: string | null;
  @Text({ min: 2, max: 40, pattern: LICENCE_NUMBER, optional: true, nullable: true, example: 'TN-12345' })
  licenceNumber?: string | null;
  @Nested(() => Price, { optional: true, nullable: true }) consultationPrice?: Price | null;
  @TimeZone({ optional: true }) timeZone?: string;
}

/** The file itself is asked for apart. */
export class LicenceProofView {
  @Choice(proofTypes) type!: ProofType;
  @Whole({ min: 1, max: MAX_FILE_BYTES }) bytes!: number;
  @Instant() sentAt!: string;
}

export class DoctorProfileView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Choice(doctorGenders, { nullable: true }) gender!: DoctorGender | null;
  @Text({ max: 4000, multiline: true, nullable: true }) biography!: string | null;
  @Choices(specializations) specializations!: Specialization[];
  @TextList({ max: 20, length: 200 }) qualifications!: string[];
  @TextList({ max: 20, length: 200 }) experience!: string[];
  @Choices(languages) languages!: Language[];
  @Text({ max: 80, nullable: true }) city!: string | null;
  @Text({ max: 300, multiline: true, nullable: true }) address!: string | null;
  @Text({ max: 40, nullable: true }) licenceNumber!: string | null;
  @Nested(() => Money, { nullable: true }) consultationPrice!: Money | null;
  @TimeZone() timeZone!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
  @Nested(() => LicenceProofView, { nullable: true }) licenceProof!: LicenceProofView | null;
  @Choice(verifications) verification!: Verification;
  @Text({ max: 500, multiline: true, nullable: true }) verificationReason!: string | null;
  @Flag({ description: 'In the public directory' }) published!: boolean;
  @Whole({ min: 1, max: 1_000_000_000 }) version!: number;
  @TextList({ max: 20, length: 40, description: 'Required fields that lack' }) missing!: string[];
}

export class AdminDoctorsQuery extends PageQuery {
  @Choice(verifications, { optional: true, description: 'Default pending' }) verification?: Verification;
}

export class RefuseBody {
  @Text({ max: 500, multiline: true, description: 'For the doctor' }) reason!: string;
}

export class AdminDoctorView extends DoctorProfileView {
  @Instant({ nullable: true, description: 'When the licence number was given' }) submittedAt!: string | null;
}

export class AdminDoctorList {
  @NestedList(() => AdminDoctorView, { max: 100 }) items!: AdminDoctorView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}
