import { getMetadataStorage, IsInt, IsString, MaxLength, validateSync } from 'class-validator';
import { describe, expect, it, jest } from '@jest/globals';
import { rememberRules } from './validation-metadata.js';

class Named {
  @IsString() @MaxLength(3) name!: string;
}
class Counted extends Named {
  @IsInt() count!: number;
}
const faultsOf = (value: object) => validateSync(value).map(({ property }) => property);
const of = <T extends object>(type: new () => T, fields: object): T => Object.assign(new type(), fields);

describe('rules that are remembered', () => {
  it('are looked for once, and judge as before, inherited ones too', () => {
    const storage = getMetadataStorage();
    const looked = jest.spyOn(storage, 'getTargetValidationMetadatas');
    rememberRules(storage);
    looked.mockClear();
    for (let n = 0; n < 3; n += 1) {
      expect(faultsOf(of(Counted, { name: 'Leila', count: 1.5 }))).toEqual(['count', 'name']);
      expect(faultsOf(of(Counted, { name: 'Ali', count: 1 }))).toEqual([]);
      expect(faultsOf(of(Named, { name: 1 }))).toEqual(['name']);
    }
    expect(looked).toHaveBeenCalledTimes(2);
  });

  it('do not hide one that is added later, of a class or of one that it extends', () => {
    rememberRules();
    expect(faultsOf(of(Counted, { name: 'Ali', count: 1, city: 5 }))).toEqual([]);
    IsString()(Named.prototype, 'city');
    expect(faultsOf(of(Counted, { name: 'Ali', count: 1, city: 5 }))).toEqual(['city']);
  });

  it('are told apart by the groups that are asked for', () => {
    class Grouped {
      @IsString({ groups: ['a'] }) first!: unknown;
      @IsString({ groups: ['b'] }) second!: unknown;
    }
    rememberRules();
    const faults = (group: string) =>
      validateSync(of(Grouped, {}), { groups: [group] }).map(({ property }) => property);
    expect([faults('a'), faults('b'), faults('a')]).toEqual([['first'], ['second'], ['first']]);
  });
});
