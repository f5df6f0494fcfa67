import { Text } from './fields.js';

/** Pixels of a side: for pages about somebody, and for lists. */
export const photoSizes = [512, 128] as const;
export type PhotoSize = (typeof photoSizes)[number];

/** Where somebody's photo is; the addresses answer without a token, and always with the same picture. */
export class Photo {
  @Text({ max: 200, description: 'Square, 512 pixels', example: '/api/v1/photos/Zr3T0xv0bIm8Rz1c8Hq2vJ5n/512' })
  url!: string;
  @Text({ max: 200, description: 'Square, 128 pixels', example: '/api/v1/photos/Zr3T0xv0bIm8Rz1c8Hq2vJ5n/128' })
  thumbnailUrl!: string;
}

const pathOf = (id: string, size: PhotoSize): string => `/api/v1/photos/${id}/${size}`;

/** @param id as profiles tells it; undefined or null: there is no photo */
export const photoOf = (id: string | null | undefined): Photo | null =>
  id ? { url: pathOf(id, 512), thumbnailUrl: pathOf(id, 128) } : null;
