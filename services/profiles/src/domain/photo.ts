/** A portrait in both sizes, encoded anew. */
export interface Portrait {
  readonly large: Uint8Array;
  readonly small: Uint8Array;
}

export interface Photo extends Portrait {
  /** Tells nothing of whose it is, and cannot be guessed. */
  readonly id: string;
  readonly ownerId: string;
}

/** What saving a profile does to the photos that are kept. */
export interface PhotoChange {
  readonly added?: Photo;
  /** Its id: nobody refers to it any more. */
  readonly removed?: string;
}

/** @param before id of the photo that the profile has @param photo null: none */
export const photoChangeOf = (before: string | undefined, photo: Photo | null): PhotoChange => ({
  ...(photo && { added: photo }),
  ...(before !== undefined && { removed: before }),
});

/** Photos of patients and doctors. They come and go with the profiles that refer to them. */
export abstract class Photos {
  /** Id of the photo that somebody's image becomes: the same image has the same one. */
  abstract idOf(ownerId: string, image: Uint8Array): string;
  abstract find(id: string, size: keyof Portrait): Promise<Uint8Array | undefined>;
}

/** Makes portraits of what people send. */
export abstract class PortraitStudio {
  /** Upright, cut to a square, without what the camera wrote beside the picture. @throws NotAnImage, StudioBusy */
  abstract portraitOf(image: Uint8Array): Promise<Portrait>;
}
