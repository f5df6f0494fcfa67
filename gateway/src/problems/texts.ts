import type { Locale } from '@medflow/service-kit';
import { ar } from './ar.js';
import { en } from './en.js';
import { fr } from './fr.js';
import type { PageTexts } from './page-texts.js';

export const texts: Readonly<Record<Locale, PageTexts>> = { fr, en, ar };
