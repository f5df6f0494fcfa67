import { z } from 'zod';

const text = z.string();

/** Of the public API, as far as the first paint looks; the client gets the whole of it. */
const doctorInList = z.looseObject({
  id: text.min(1),
  firstName: text,
  lastName: text,
  specializations: z.array(text),
  city: text,
  languages: z.array(text),
  price: z.object({ amount: z.int(), currency: text }),
  rating: z.looseObject({ average: z.number().nullable(), count: z.int() }),
});
export type DoctorInList = z.infer<typeof doctorInList>;

export const directoryAnswer = z.looseObject({ items: z.array(doctorInList), nextCursor: text.nullable() });
export type DirectoryAnswer = z.infer<typeof directoryAnswer>;

export const doctorAnswer = doctorInList.extend({
  biography: text,
  qualifications: z.array(text),
  experience: z.array(text),
  address: text.nullable(),
});
export type DoctorAnswer = z.infer<typeof doctorAnswer>;
