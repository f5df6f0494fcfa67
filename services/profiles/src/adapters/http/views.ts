import { photoOf } from '@medflow/service-kit';
import type { Listing } from '../../domain/directory.js';
import type { DoctorProfile } from '../../domain/doctor-profile.js';
import type { PatientProfile } from '../../domain/patient-profile.js';
import type { DirectoryDoctorView, DirectoryItemView } from './directory.dto.js';
import type { AdminDoctorView, DoctorProfileView } from './doctors.dto.js';
import type { PatientProfileView } from './patients.dto.js';

export const patientView = ({ state, missing, completeness }: PatientProfile): PatientProfileView => ({
  id: state.id,
  firstName: state.firstName,
  lastName: state.lastName,
  birthDate: state.birthDate,
  gender: state.gender,
  bloodGroup: state.bloodGroup,
  phone: state.phone,
  address: state.address,
  emergencyContact: state.emergencyContact,
  preferredLanguage: state.preferredLanguage,
  timeZone: state.timeZone,
  photo: photoOf(state.photo),
  version: state.version,
  missing,
  completeness,
});

export const doctorView = ({ state, missing, published }: DoctorProfile): DoctorProfileView => ({
  id: state.id,
  firstName: state.firstName,
  lastName: state.lastName,
  gender: state.gender,
  biography: state.biography,
  specializations: state.specializations,
  qualifications: state.qualifications,
  experience: state.experience,
  languages: state.languages,
  city: state.city,
  address: state.address,
  licenceNumber: state.licenceNumber,
  consultationPrice: state.consultationPrice,
  timeZone: state.timeZone,
  photo: photoOf(state.photo),
  licenceProof: state.licenceProof
    ? {
        type: state.licenceProof.type,
        bytes: state.licenceProof.bytes,
        sentAt: state.licenceProof.sentAt.toISOString(),
      }
    : null,
  verification: state.verification,
  verificationReason: state.verificationReason,
  published,
  version: state.version,
  missing,
});

export const adminDoctorView = (profile: DoctorProfile): AdminDoctorView => ({
  ...doctorView(profile),
  submittedAt: profile.state.submittedAt?.toISOString() ?? null,
});

export const directoryItemView = (listing: Listing): DirectoryItemView => ({
  id: listing.id,
  firstName: listing.firstName,
  lastName: listing.lastName,
  specializations: listing.specializations,
  city: listing.city,
  languages: listing.languages,
  price: listing.price,
  rating: { average: listing.rating.average, count: listing.rating.count },
  nextAvailableAt: listing.nextAvailableAt?.toISOString() ?? null,
  photo: photoOf(listing.photo),
});

export const directoryDoctorView = (listing: Listing): DirectoryDoctorView => ({
  ...directoryItemView(listing),
  gender: listing.gender,
  biography: listing.biography,
  qualifications: listing.qualifications,
  experience: listing.experience,
  address: listing.address,
  timeZone: listing.timeZone,
  modes: listing.modes,
});
