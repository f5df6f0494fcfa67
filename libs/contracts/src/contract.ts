import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** A versioned event on the bus: its stable name, the validated class of its data and one frozen example. */
export interface Contract<T extends object = object> {
  /** `<service>.<fact>.v<major>`; also the routing key. */
  readonly type: string;
  readonly data: new () => T;
  /** Never edited once released: a changed example is a changed contract, hence a new version. */
  readonly example: T;
  /** For browsers that are connected now: nobody listening is not a fault. */
  readonly live: boolean;
  /** Facts with the same counter are numbered without a gap for each subject: nothing else moves its sequence. */
  readonly counter?: string;
}

const typePattern = /^[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/;

/** @throws Error when the type is not `<service>.<fact>.v<major>` or the example breaks its own contract. */
export function defineContract<T extends object>(definition: {
  type: string;
  data: new () => T;
  example: NoInfer<T>;
  live?: boolean;
  counter?: string;
}): Contract<T> {
  if (!typePattern.test(definition.type)) throw new Error(`not an event type: ${definition.type}`);
  const contract = Object.freeze({
    ...definition,
    example: Object.freeze(definition.example),
    live: definition.live ?? false,
  });
  parseContract(contract, definition.example);
  return contract;
}

/**
 * The data as an instance of the contract's class; fields that this version does not know are dropped, so that a
 * newer publisher may add optional ones.
 * @throws Error naming the first offending field.
 */
export function parseContract<T extends object>(contract: Contract<T>, data: unknown): T {
  if (typeof data !== 'object' || data === null) throw new Error(`${contract.type}: data is not an object`);
  const instance = plainToInstance(contract.data, data);
  const [fault] = validateSync(instance, { whitelist: true });
  if (fault) throw new Error(`${contract.type}: ${fault.toString(false, false, '', true).trim()}`);
  return instance;
}
