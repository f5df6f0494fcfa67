import type { Imported, Judged } from '../../application/import-bundle.js';
import type { Installation } from '../../domain/exchange.js';
import type { Skipped } from '../../domain/fhir/reading.js';
import { isOpenLink, linkPayload, type SharedLink } from '../../domain/share.js';
import type { ImportedEntryView, ImportItemView, ImportView, SharedLinkView } from './exchange.dto.js';

const itemView = ({ finding, isKnown, entryId }: Judged): ImportItemView => ({
  position: Math.max(0, finding.position),
  resourceType: finding.resourceType,
  status: isKnown ? 'known' : 'new',
  ...(entryId !== undefined && { entryId }),
  entry: finding.content as ImportedEntryView,
  source: finding.source,
  ...(finding.writtenAt !== undefined && { writtenAt: finding.writtenAt }),
  ...(finding.original !== undefined && { keepsOriginal: true }),
});

const skippedView = ({ position, resourceType, reason }: Skipped): ImportItemView => ({
  position,
  resourceType,
  status: reason,
});

export function importView({ bundle, items }: Imported, dryRun: boolean): ImportView {
  const { source, patient, skipped } = bundle;
  const known = items.filter(({ isKnown }) => isKnown).length;
  return {
    dryRun,
    source,
    ...(patient && { patient }),
    counts: { new: items.length - known, known, skipped: skipped.length },
    items: [...items.map(itemView), ...skipped.map(skippedView)].sort((a, b) => a.position - b.position),
  };
}

export function linkView(link: SharedLink, installation: Installation, now: Date): SharedLinkView {
  const { id, secret, createdAt, expiresAt, revokedAt, openings } = link;
  const payload = linkPayload(link, installation.manifestUrl(secret.manifestId));
  return {
    id,
    ...(secret.label !== undefined && { label: secret.label }),
    url: `${installation.viewerUrl}#shlink:/${Buffer.from(payload).toString('base64url')}`,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
    hasPasscode: secret.passcodeHash !== undefined,
    isOpen: isOpenLink(link, now),
    openings: openings.map(({ at, recipient }) => ({ at: at.toISOString(), recipient })).reverse(),
  };
}
