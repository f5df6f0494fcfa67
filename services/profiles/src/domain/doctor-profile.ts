import { DEFAULT_TIME_ZONE, type DoctorGender, type Language, type Specialization } from './codes.js';
import { cardOf, type DirectoryCard, sameCard } from './directory-card.js';
import type { DoctorState } from './doctor-state.js';
import { LicenceNotSubmitted } from './errors.js';
import type { DoctorFact } from './facts.js';
import type { LicenceProofChange, LicenceProofFile } from './licence-proof.js';
import { type Photo, type PhotoChange, photoChangeOf } from './photo.js';
import { type Obstacle, obstacleOf, type Standing, standingOf } from './standing.js';
import { type Money, type Newcomer, textOrNull } from './values.js';

/** What a doctor may write: everything is replaced, absent is cleared; what cannot be empty stays when absent. */
export interface DoctorDetails {
  firstName?: string;
  lastName?: string;
  gender?: DoctorGender | null;
  biography?: string | null;
  specializations?: Specialization[] | null;
  qualifications?: string[] | null;
  experience?: string[] | null;
  languages?: Language[] | null;
  city?: string | null;
  address?: string | null;
  licenceNumber?: string | null;
  consultationPrice?: Money | null;
  timeZone?: string;
}

const required = [
  'gender',
  'biography',
  'specializations',
  'languages',
  'city',
  'licenceNumber',
  'consultationPrice',
] as const satisfies (keyof DoctorState)[];

const lacks = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** Registers write one number with or without spaces and in either case. */
const sameLicence = (a: string | null, b: string | null): boolean => {
  const bare = (number: string | null) => number?.replace(/[\s./-]/g, '').toUpperCase();
  return bare(a) === bare(b);
};

export class DoctorProfile {
  readonly facts: DoctorFact[] = [];
  changed = false;
  photoChange: PhotoChange = {};
  proofChange: LicenceProofChange = {};
  private readonly cardBefore: DirectoryCard | undefined;
  private readonly standingBefore: Standing;

  private constructor(
    private current: DoctorState,
    /** 0 when it was never stored. */
    readonly savedVersion: number,
  ) {
    this.cardBefore = savedVersion > 0 ? this.card : undefined;
    // Of whom nobody has been told nobody expects anything.
    this.standingBefore = savedVersion > 0 ? this.standing : 'barred';
  }

  static open({ id, firstName, lastName }: Newcomer, now: Date): DoctorProfile {
    const profile = new DoctorProfile(
      {
        id,
        firstName,
        lastName,
        gender: null,
        biography: null,
        specializations: [],
        qualifications: [],
        experience: [],
        languages: [],
        city: null,
        address: null,
        licenceNumber: null,
        consultationPrice: null,
        timeZone: DEFAULT_TIME_ZONE,
        verification: 'unsubmitted',
        verificationReason: null,
        submittedAt: null,
        queuedAt: now,
        version: 1,
      },
      0,
    );
    profile.changed = true;
    return profile;
  }

  static restore(state: DoctorState): DoctorProfile {
    return new DoctorProfile(state, state.version);
  }

  get state(): Readonly<DoctorState> {
    return this.current;
  }

  /** Required fields that lack, in the order of the form. */
  get missing(): string[] {
    return required.filter((field) => lacks(this.current[field]));
  }

  /** In the public directory: nothing stands in the way. */
  get published(): boolean {
    return this.standing === 'practising';
  }

  /** What others were told last, as it stands now; undefined: nothing. */
  get lastFact(): DoctorFact | undefined {
    const { id: doctorId, version, toldVersion } = this.current;
    const { card, obstacle } = this;
    // Profiles of earlier releases do not say which version it was.
    if (card) return { name: 'published', card, version: toldVersion ?? version };
    if (toldVersion === undefined || !obstacle) return undefined;
    return { name: 'suspended', doctorId, reason: obstacle, version: toldVersion };
  }

  replace(details: DoctorDetails, now: Date): void {
    const { current } = this;
    this.become({
      ...current,
      ...this.licence(textOrNull(details.licenceNumber), now),
      firstName: details.firstName ?? current.firstName,
      lastName: details.lastName ?? current.lastName,
      gender: details.gender ?? null,
      biography: textOrNull(details.biography),
      specializations: [...(details.specializations ?? [])],
      qualifications: [...(details.qualifications ?? [])],
      experience: [...(details.experience ?? [])],
      languages: [...(details.languages ?? [])],
      city: textOrNull(details.city),
      address: textOrNull(details.address),
      consultationPrice: details.consultationPrice
        ? { amount: details.consultationPrice.amount, currency: details.consultationPrice.currency }
        : null,
      timeZone: details.timeZone ?? current.timeZone,
    });
  }

  /** The same photo again: nothing happens. */
  show(photo: Photo | null): void {
    const { photo: before, ...others } = this.current;
    if (before === photo?.id) return;
    this.photoChange = photoChangeOf(before, photo);
    this.become({ ...others, ...(photo && { photo: photo.id }) });
  }

  /** Who was refused is judged again by another proof. @param file null: none from now on */
  prove(file: LicenceProofFile | null): void {
    const { licenceProof: before, ...others } = this.current;
    if (!file && !before) return;
    this.proofChange = { ...(file && { added: file }), ...(before && { removed: before.id }) };
    if (!file) return this.become(others);
    const { id, type, bytes, sentAt } = file;
    const again = others.verification === 'refused' && others.licenceNumber !== null;
    this.become({
      ...others,
      licenceProof: { id, type, bytes, sentAt },
      ...(again && { verification: 'pending', verificationReason: null, submittedAt: sentAt, queuedAt: sentAt }),
    });
  }

  /** Verified already: nothing happens. @throws LicenceNotSubmitted */
  verify(): void {
    this.demandLicence();
    if (this.current.verification === 'verified') return;
    this.become({ ...this.current, verification: 'verified', verificationReason: null });
  }

  /** Also takes back an earlier verification. @throws LicenceNotSubmitted */
  refuse(reason: string): void {
    this.demandLicence();
    if (this.current.verification === 'refused' && this.current.verificationReason === reason) return;
    this.become({ ...this.current, verification: 'refused', verificationReason: reason });
  }

  suspendAccount(): void {
    if (!this.current.accountSuspended) this.become({ ...this.current, accountSuspended: true });
  }

  reinstateAccount(): void {
    if (this.current.accountSuspended) this.become({ ...this.current, accountSuspended: false });
  }

  /** Another number has to be verified again; the same one keeps what was decided about it. */
  private licence(licenceNumber: string | null, now: Date): Partial<DoctorState> {
    if (licenceNumber === null) {
      return { licenceNumber, verification: 'unsubmitted', verificationReason: null, submittedAt: null };
    }
    if (sameLicence(licenceNumber, this.current.licenceNumber)) return { licenceNumber };
    return { licenceNumber, verification: 'pending', verificationReason: null, submittedAt: now, queuedAt: now };
  }

  private demandLicence(): void {
    if (this.current.licenceNumber === null) throw new LicenceNotSubmitted(`doctor ${this.current.id}`);
  }

  private get obstacle(): Obstacle | undefined {
    return obstacleOf(this.current, this.missing.length > 0);
  }

  private get standing(): Standing {
    return standingOf(this.obstacle);
  }

  private get card(): DirectoryCard | undefined {
    return this.published ? cardOf(this.current) : undefined;
  }

  private become(next: DoctorState): void {
    this.current = { ...next, version: this.savedVersion + 1 };
    this.changed = true;
    const { card, cardBefore, obstacle } = this;
    const { id: doctorId, version } = this.current;
    this.facts.length = 0;
    if (card && !(cardBefore && sameCard(card, cardBefore))) this.facts.push({ name: 'published', card, version });
    // Told again where what the doctor may do has changed, though they were in the directory neither before nor after.
    if (obstacle && this.standing !== this.standingBefore)
      this.facts.push({ name: 'suspended', doctorId, reason: obstacle, version });
    if (this.facts.length > 0) this.current = { ...this.current, toldVersion: version };
  }
}
