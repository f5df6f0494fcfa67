/** A setting that is missing or wrong: one sentence for the operator. */
export class SettingError extends Error {}
