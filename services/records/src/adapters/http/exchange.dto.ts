import { Choice, Decimal, Flag, Instant, Nested, NestedList, Text, Whole } from '@medflow/service-kit';
import { entryKinds, severities } from '../../domain/entry.js';
import { MAX_LINK_LABEL } from '../../domain/share.js';
import { measures } from '../../domain/vitals.js';
import { CodingBody } from './records.dto.js';

export const exportFormats = ['fhir', 'pdf'] as const;

export class ExportQuery {
  @Choice(exportFormats, { optional: true, description: 'fhir (default): an International Patient Summary' })
  format?: (typeof exportFormats)[number];
}

export class ImportQuery {
  @Choice(['true', 'false'], { optional: true, description: 'true: only says what would come in' })
  dryRun?: 'true' | 'false';
}

const long = { max: 100_000, min: 0, multiline: true } as const;
const optional = { ...long, optional: true } as const;

export class ImportedEntryView {
  @Choice(entryKinds) kind!: (typeof entryKinds)[number];
  @Text(long) label!: string;
  @Nested(() => CodingBody, { optional: true }) code?: CodingBody;
  @Text(optional) note?: string;
  @Choice(severities, { optional: true }) severity?: (typeof severities)[number];
  @Text(optional) onset?: string;
  @Text(optional) dose?: string;
  @Text(optional) frequency?: string;
  @Text(optional) from?: string;
  @Text(optional) to?: string;
  @Text(optional) at?: string;
  @Choice(measures, { optional: true }) measure?: (typeof measures)[number];
  @Decimal({ optional: true }) value?: number;
  @Decimal({ optional: true }) systolic?: number;
  @Decimal({ optional: true }) diastolic?: number;
  @Text(optional) unit?: string;
}

export const importStatuses = ['new', 'known', 'entered-in-error', 'no-information'] as const;

export class ImportItemView {
  @Whole({ min: 0, max: 5_000, description: 'Place among the entries of the Bundle' }) position!: number;
  @Text(long) resourceType!: string;
  @Choice(importStatuses, {
    description: 'known: it is in the record already. entered-in-error, no-information: it is left out',
  })
  status!: (typeof importStatuses)[number];
  @Text({ ...optional, description: 'Of the entry that it is or became' }) entryId?: string;
  @Nested(() => ImportedEntryView, { optional: true }) entry?: ImportedEntryView;
  @Text({ ...optional, description: 'Who says so' }) source?: string;
  @Text({ ...optional, description: 'When they wrote it down' }) writtenAt?: string;
  @Flag({ optional: true, description: 'The resource is kept as it came beside the entry, which says less' })
  keepsOriginal?: boolean;
}

class ImportPatientView {
  @Text(optional) name?: string;
  @Text(optional) birthDate?: string;
}

class ImportCountsView {
  @Whole({ min: 0, max: 10_000 }) new!: number;
  @Whole({ min: 0, max: 10_000 }) known!: number;
  @Whole({ min: 0, max: 10_000 }) skipped!: number;
}

export class ImportView {
  @Flag() dryRun!: boolean;
  @Text(long) source!: string;
  @Nested(() => ImportPatientView, { optional: true, description: 'Whose data the Bundle says they are' })
  patient?: ImportPatientView;
  @Nested(() => ImportCountsView) counts!: ImportCountsView;
  @NestedList(() => ImportItemView, { max: 10_000 }) items!: ImportItemView[];
}

export class SharedLinkBody {
  @Text({ max: MAX_LINK_LABEL, optional: true }) label?: string;
  @Instant({ description: 'At most 366 days from now' }) expiresAt!: string;
  @Text({ min: 4, max: 64, optional: true, verbatim: true, description: 'Ten wrong ones close the link' })
  passcode?: string;
}

class LinkOpeningView {
  @Instant() at!: string;
  @Text({ ...long, description: 'As whoever opened it named themselves' }) recipient!: string;
}

export class SharedLinkView {
  @Text({ max: 64 }) id!: string;
  @Text(optional) label?: string;
  @Text({ ...long, description: 'Of the page that opens it; what follows the # is the SMART Health Link' })
  url!: string;
  @Instant() createdAt!: string;
  @Instant() expiresAt!: string;
  @Instant({ optional: true }) revokedAt?: string;
  @Flag() hasPasscode!: boolean;
  @Flag({ description: 'Whether it can still be opened' }) isOpen!: boolean;
  @NestedList(() => LinkOpeningView, { max: 200 }) openings!: LinkOpeningView[];
}

export class SharedLinksView {
  @NestedList(() => SharedLinkView) items!: SharedLinkView[];
}

export class ManifestBody {
  @Text({ max: 200, description: 'Who opens it: its patient reads this' }) recipient!: string;
  @Text({ max: 64, optional: true, verbatim: true }) passcode?: string;
  @Whole({ min: 0, max: 1_000_000_000, optional: true, description: 'Longer files are named instead' })
  embeddedLengthMax?: number;
}

class ManifestFileView {
  @Text({ max: 100 }) contentType!: string;
  @Text({ min: 0, max: 16_000_000, optional: true, description: 'Compact JWE, to be opened with the key of the link' })
  embedded?: string;
  @Text({ max: 2_000, optional: true, description: 'Where the JWE is for an hour' }) location?: string;
}

export class ManifestView {
  @NestedList(() => ManifestFileView) files!: ManifestFileView[];
}
