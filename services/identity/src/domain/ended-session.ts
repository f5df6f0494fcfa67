export const ACCESS_TOKEN_SECONDS = 600;
/** A token may be signed while its session ends, and replicas' clocks are a little apart. */
const MARGIN_SECONDS = 60;

/** A session that is over before its access tokens have expired, so that they must not be believed any more. */
export interface EndedSession {
  readonly id: string;
  readonly accountId: string;
  readonly endedAt: Date;
  /** None of its access tokens is valid beyond. */
  readonly until: Date;
}

export const endedSession = ({ id, accountId }: Pick<EndedSession, 'id' | 'accountId'>, now: Date): EndedSession => ({
  id,
  accountId,
  endedAt: now,
  until: new Date(now.getTime() + (ACCESS_TOKEN_SECONDS + MARGIN_SECONDS) * 1000),
});

/** Where the repository leaves what happened, inside its transaction. */
export abstract class SessionFacts {
  abstract ended(sessions: readonly EndedSession[]): Promise<void>;
}
