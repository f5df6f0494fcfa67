import type { TFunction } from 'i18next';

export interface Named {
  firstName?: string;
  lastName: string;
}

export const fullName = ({ firstName = '', lastName }: Named): string => `${firstName} ${lastName}`.trim();

/** A doctor's name with the title that the reader's language has. */
export const doctorName = (doctor: Named, t: TFunction): string => t('common.doctorName', { name: fullName(doctor) });

/** One letter of each name. */
export const initialsOf = ({ firstName = '', lastName }: Named): string =>
  [firstName, lastName].map((name) => [...name.trim()][0] ?? '').join('');
