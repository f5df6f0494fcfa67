import { Instant, Money, Nested, NestedList, PageQuery, Photo, Text, Whole } from '@medflow/service-kit';

export class PatientsQuery extends PageQuery {
  @Text({ min: 0, max: 100, optional: true, description: 'Beginnings of words of the name, in any order and script' })
  q?: string;
}

export class DoctorPatientView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
  @Whole({ min: 0, max: 1_000_000, description: 'That took place' }) visits!: number;
  @Instant({ nullable: true, description: 'Start of the last one that took place' }) lastVisitAt!: string | null;
  @Instant({ nullable: true, description: 'Start of the next one, asked for or accepted, until it ends' })
  nextVisitAt!: string | null;
  @Whole({ min: 0, max: 1_000_000 }) noShows!: number;
  @NestedList(() => Money, { max: 100, description: 'To be paid for what was accepted, by currency; empty: nothing' })
  due!: Money[];
}

export class DoctorPatientList {
  @NestedList(() => DoctorPatientView, { max: 100 }) items!: DoctorPatientView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}
