import { Patients } from '../../src/domain/doctors.js';
import type { NameChange } from '../../src/domain/renames.js';
import type { Person } from '../../src/domain/values.js';

/** Profiles has told nothing: names are those of the access token. */
export class UnknownPatients extends Patients {
  async find(): Promise<Person | undefined> {
    return undefined;
  }

  async keep(): Promise<NameChange> {
    return 'none';
  }
}
