/** What a patient can look for instead: the doctor's own field and place. */
export interface SearchFor {
  readonly specialization?: string;
  readonly city?: string;
}
