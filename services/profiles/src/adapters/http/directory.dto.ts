import { ApiProperty } from '@nestjs/swagger';
import {
  Choice,
  Choices,
  Instant,
  InstantOrDay,
  Money,
  Nested,
  NestedList,
  PageQuery,
  Photo,
  Text,
  TextList,
  TimeZone,
  Whole,
} from '@medflow/service-kit';
import {
  type DoctorGender,
  doctorGenders,
  type Language,
  languages,
  type Mode,
  modes,
  type Specialization,
  specializations,
} from '../../domain/codes.js';
import { type Sort, sorts } from '../../domain/search/sorted-order.js';

export class DirectorySearchQuery extends PageQuery {
  @Text({
    min: 0,
    max: 100,
    optional: true,
    description: 'Names, specialisations (fr, en, ar), cities; typing errors are forgiven',
  })
  q?: string;
  @Choice(specializations, { optional: true }) specialization?: Specialization;
  @Text({ max: 80, optional: true, description: 'Case and accents do not count' }) city?: string;
  @Choice(languages, { optional: true }) language?: Language;
  @Whole({ min: 0, max: 1_000_000_000, optional: true, query: true, description: 'In millimes (TND)' })
  maxPrice?: number;
  @Choice(modes, { optional: true }) mode?: Mode;
  @InstantOrDay({ optional: true, description: 'Has a free slot on this UTC day or later' }) availableFrom?: string;
  @InstantOrDay({ optional: true, description: 'Has a free slot on this UTC day or earlier' }) availableTo?: string;
  @Choice(sorts, { optional: true, description: 'Default relevance' }) sort?: Sort;
}

class RatingView {
  @ApiProperty({ type: 'number', nullable: true, minimum: 1, maximum: 5 }) average!: number | null;
  @Whole({ min: 0, max: 1_000_000_000 }) count!: number;
}

export class DirectoryItemView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Choices(specializations) specializations!: Specialization[];
  @Text({ max: 80 }) city!: string;
  @Choices(languages) languages!: Language[];
  @Nested(() => Money) price!: Money;
  @Nested(() => RatingView) rating!: RatingView;
  @Instant({ nullable: true, description: 'Start of the next free slot' }) nextAvailableAt!: string | null;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
}

export class DirectoryList {
  @NestedList(() => DirectoryItemView, { max: 100 }) items!: DirectoryItemView[];
  @Text({ max: 512, nullable: true }) nextCursor!: string | null;
}

export class DirectoryDoctorView extends DirectoryItemView {
  @Choice(doctorGenders) gender!: DoctorGender;
  @Text({ max: 4000, multiline: true }) biography!: string;
  @TextList({ max: 20, length: 200 }) qualifications!: string[];
  @TextList({ max: 20, length: 200 }) experience!: string[];
  @Text({ max: 300, multiline: true, nullable: true }) address!: string | null;
  @TimeZone() timeZone!: string;
  @Choices(modes) modes!: Mode[];
}
