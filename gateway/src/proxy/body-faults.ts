/** The body is larger than its route admits (413). */
export class BodyTooLarge extends Error {
  readonly statusCode = 413;
}

/** The body does not come, or comes too slowly (408). */
export class BodyTooSlow extends Error {
  readonly statusCode = 408;
}

/** Bodies of larger routes fill the room that they have together (503). */
export class NoRoomForBody extends Error {
  readonly statusCode = 503;
}
