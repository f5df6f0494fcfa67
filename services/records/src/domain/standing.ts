/** How a doctor stands to a patient's record at the moment of asking. */
export interface Standing {
  readonly doctorId: string;
  /** An appointment opened care and its twelve months are not over. */
  readonly inCare: boolean;
  /** Of an emergency access that is not over. */
  readonly emergencyId?: string;
  /** The licence is verified and the account in good standing. */
  readonly mayPractise: boolean;
}

/** Whose record it is, and how the doctor who asks stands to it; a patient needs no standing. */
export interface RecordOf {
  readonly patientId: string;
  readonly standing?: Standing;
}
