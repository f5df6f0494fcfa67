import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { ar } from './i18n/ar';
import { fr } from './i18n/fr';
import { doctorName } from './people';

const sources = import.meta.glob<string>('../**/*.tsx', { query: '?raw', import: 'default', eager: true });

describe('a doctor’s name', () => {
  it('has the title of the reader’s language', async () => {
    const instance = i18next.createInstance();
    const resources = { fr: { translation: fr }, ar: { translation: ar } };
    await instance.init({ lng: 'fr', resources, interpolation: { escapeValue: false } } as never);
    const doctor = { firstName: 'Leïla', lastName: 'Ben Salah' };
    expect(doctorName(doctor, instance.getFixedT('fr'))).toBe('Dr Leïla Ben Salah');
    expect(doctorName(doctor, instance.getFixedT('ar'))).toBe('د. Leïla Ben Salah');
    expect(doctorName({ lastName: 'Ben Salah' }, instance.getFixedT('ar'))).toBe('د. Ben Salah');
  });

  it('gets its title nowhere else', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(50);
    for (const [file, source] of Object.entries(sources)) expect(source, file).not.toMatch(/\bDr \$?\{/);
  });
});
