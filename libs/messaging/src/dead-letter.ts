/** A message that was given up, with the reason. */
export interface DeadLetter {
  /** Id of the event; of the parking itself when the message has none. */
  id: string;
  queue: string;
  type?: string;
  subject?: string;
  error: string;
  /** How often it was tried. */
  attempts: number;
  firstFailedAt: string;
  parkedAt: string;
  body: string;
}

export interface DeadLetters {
  /** The oldest thousand of one queue, or of every queue. */
  list(queue?: string): Promise<DeadLetter[]>;
  /** Sends them back to the queue that they came from, with all their attempts; gives how many. */
  replay(queue: string, ids: string[] | 'all'): Promise<number>;
  /** Gives how many were deleted. */
  drop(queue: string, ids: string[] | 'all'): Promise<number>;
  close(): Promise<void>;
}
