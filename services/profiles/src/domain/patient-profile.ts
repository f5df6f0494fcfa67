import { type BloodGroup, DEFAULT_TIME_ZONE, type Locale, type PatientGender } from './codes.js';
import { type Photo, type PhotoChange, photoChangeOf } from './photo.js';
import { birthDateOf, type Newcomer, phoneOf, textOrNull } from './values.js';

export interface EmergencyContact {
  name: string;
  phone: string;
  relation: string | null;
}

export interface PatientState {
  id: string;
  firstName: string;
  lastName: string;
  /** `YYYY-MM-DD`. */
  birthDate: string | null;
  gender: PatientGender | null;
  bloodGroup: BloodGroup | null;
  /** E.164. */
  phone: string | null;
  address: string | null;
  emergencyContact: EmergencyContact | null;
  preferredLanguage: Locale;
  /** IANA name. */
  timeZone: string;
  /** Id; absent: none. */
  photo?: string;
  version: number;
}

/** What a patient may write: everything is replaced, absent is cleared; what cannot be empty stays when absent. */
export interface PatientDetails {
  firstName?: string;
  lastName?: string;
  birthDate?: string | null;
  gender?: PatientGender | null;
  bloodGroup?: BloodGroup | null;
  phone?: string | null;
  address?: string | null;
  emergencyContact?: { name: string; phone: string; relation?: string | null } | null;
  preferredLanguage?: Locale;
  timeZone?: string;
}

const required = ['birthDate', 'gender', 'phone'] as const;
/** What a patient may fill in. */
const details = [...required, 'bloodGroup', 'address', 'emergencyContact'] as const;

export class PatientProfile {
  /** True when the state differs from what is stored: the change has to be told. */
  changed = false;
  photoChange: PhotoChange = {};

  private constructor(
    private current: PatientState,
    /** 0 when it was never stored. */
    readonly savedVersion: number,
  ) {}

  static open({ id, firstName, lastName, locale }: Newcomer): PatientProfile {
    const profile = new PatientProfile(
      {
        id,
        firstName,
        lastName,
        birthDate: null,
        gender: null,
        bloodGroup: null,
        phone: null,
        address: null,
        emergencyContact: null,
        preferredLanguage: locale,
        timeZone: DEFAULT_TIME_ZONE,
        version: 1,
      },
      0,
    );
    profile.changed = true;
    return profile;
  }

  static restore(state: PatientState): PatientProfile {
    return new PatientProfile(state, state.version);
  }

  get state(): Readonly<PatientState> {
    return this.current;
  }

  /** Required fields that lack, in the order of the form. */
  get missing(): string[] {
    return required.filter((field) => this.current[field] === null);
  }

  /** Per cent of what may be filled in. */
  get completeness(): number {
    const filled = details.filter((field) => this.current[field] !== null).length;
    return Math.round((filled / details.length) * 100);
  }

  /** @throws InvalidProfile */
  replace(details: PatientDetails, now: Date): void {
    const { emergencyContact: contact } = details;
    this.current = {
      id: this.current.id,
      firstName: details.firstName ?? this.current.firstName,
      lastName: details.lastName ?? this.current.lastName,
      birthDate: details.birthDate ? birthDateOf(details.birthDate, now) : null,
      gender: details.gender ?? null,
      bloodGroup: details.bloodGroup ?? null,
      phone: details.phone ? phoneOf(details.phone, 'phone') : null,
      address: textOrNull(details.address),
      emergencyContact: contact
        ? {
            name: contact.name,
            phone: phoneOf(contact.phone, 'emergencyContact.phone'),
            relation: textOrNull(contact.relation),
          }
        : null,
      preferredLanguage: details.preferredLanguage ?? this.current.preferredLanguage,
      timeZone: details.timeZone ?? this.current.timeZone,
      ...(this.current.photo !== undefined && { photo: this.current.photo }),
      version: this.savedVersion + 1,
    };
    this.changed = true;
  }

  /** The same photo again: nothing happens. */
  show(photo: Photo | null): void {
    const { photo: before, ...others } = this.current;
    if (before === photo?.id) return;
    this.photoChange = photoChangeOf(before, photo);
    this.current = { ...others, ...(photo && { photo: photo.id }), version: this.savedVersion + 1 };
    this.changed = true;
  }
}
