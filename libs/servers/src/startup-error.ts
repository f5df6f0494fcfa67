/** Why the product cannot start: one sentence for whoever typed the command, with the remedy. */
export class StartupError extends Error {}
