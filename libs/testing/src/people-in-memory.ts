import { People, type Person, type PersonNews, personOf, type Told } from '@medflow/people';

export class PeopleInMemory extends People {
  private readonly told = new Map<string, Told>();

  override async keep({ id, source, ...word }: PersonNews): Promise<void> {
    const told = this.told.get(id);
    if ((told?.[source]?.sequence ?? -1) < word.sequence) this.told.set(id, { ...told, [source]: word });
  }

  override async find(ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    return new Map(ids.map((id) => [id, personOf(id, this.told.get(id) ?? {})]));
  }
}
