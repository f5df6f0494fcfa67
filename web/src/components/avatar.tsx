import { useState } from 'react';
import type { Schemas } from '../lib/api';
import { initialsOf, type Named } from '../lib/people';

/** Beside a name, which says what a reader needs: the face, or the initials where there is none or it does not come. */
export function Avatar({
  person,
  size = 'small',
}: {
  person: Named & { photo?: Schemas['Photo'] | null };
  size?: 'tiny' | 'small' | 'card' | 'large';
}) {
  const [absent, setAbsent] = useState<string>();
  const src = size === 'large' ? person.photo?.url : person.photo?.thumbnailUrl;
  return (
    <span className={`avatar avatar-${size}`} aria-hidden="true">
      {src && src !== absent ? (
        <img src={src} alt="" loading="lazy" decoding="async" onError={() => setAbsent(src)} />
      ) : (
        initialsOf(person)
      )}
    </span>
  );
}
