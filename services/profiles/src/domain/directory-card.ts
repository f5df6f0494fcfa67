import type { DoctorGender, Language, Specialization } from './codes.js';
import type { DoctorState } from './doctor-state.js';
import type { Money } from './values.js';

/** Everything that the public directory shows of a doctor, and nothing else. */
export interface DirectoryCard {
  id: string;
  firstName: string;
  lastName: string;
  gender: DoctorGender;
  biography: string;
  specializations: Specialization[];
  qualifications: string[];
  experience: string[];
  languages: Language[];
  city: string;
  address: string | null;
  price: Money;
  timeZone: string;
  /** Id; absent: none. */
  photo?: string;
}

/** Of a profile that lacks nothing. Field by field: a new field of the profile stays private until it is named here. */
export const cardOf = (state: DoctorState): DirectoryCard => ({
  id: state.id,
  firstName: state.firstName,
  lastName: state.lastName,
  gender: state.gender!,
  biography: state.biography!,
  specializations: state.specializations,
  qualifications: state.qualifications,
  experience: state.experience,
  languages: state.languages,
  city: state.city!,
  address: state.address,
  price: state.consultationPrice!,
  timeZone: state.timeZone,
  ...(state.photo !== undefined && { photo: state.photo }),
});

/** Both come from {@link cardOf}, so their members have one order. */
export const sameCard = (a: DirectoryCard, b: DirectoryCard): boolean => JSON.stringify(a) === JSON.stringify(b);
