/** A small repeatable source of chance: the demonstration looks the same everywhere. */
export function chance(seed = 42): { below: (n: number) => number; of: <T>(list: readonly T[]) => T } {
  let state = seed;
  // Numerical Recipes' linear congruential generator, modulo 2^32.
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const below = (n: number) => Math.floor(next() * n);
  return { below, of: (list) => list[below(list.length)]! };
}

export const women = [
  'Leïla',
  'Amina',
  'Salma',
  'Ines',
  'Rim',
  'Nour',
  'Hela',
  'Mariem',
  'Olfa',
  'Sonia',
  'Asma',
  'Yosra',
  'Emna',
  'Fatma',
  'Rania',
];
export const men = [
  'Karim',
  'Youssef',
  'Mehdi',
  'Sami',
  'Anis',
  'Hatem',
  'Walid',
  'Nabil',
  'Tarek',
  'Bilel',
  'Skander',
  'Ridha',
  'Fares',
  'Slim',
  'Amine',
];
export const families = [
  'Trabelsi',
  'Ben Salah',
  'Gharbi',
  'Jaziri',
  'Mansouri',
  'Chebbi',
  'Bouazizi',
  'Hammami',
  'Khelifi',
  'Ayari',
  'Mejri',
  'Zouari',
  'Sassi',
  'Belhaj',
  'Dridi',
  'Karoui',
  'Triki',
  'Masmoudi',
  'Ferchichi',
  'Nasri',
];
export const cities = ['Tunis', 'Sfax', 'Sousse', 'Bizerte', 'Gabès', 'Nabeul'];

/** Twelve specialisations, and how a doctor of each introduces themselves. */
export const fields: readonly [code: string, introduction: string][] = [
  ['general-practice', 'Médecine de famille, suivi des enfants et des adultes, bilans de santé.'],
  ['cardiology', 'Consultation de cardiologie, électrocardiogramme, suivi de l’hypertension.'],
  ['dermatology', 'Dermatologie générale, dépistage et suivi.'],
  ['pediatrics', 'Suivi de l’enfant de la naissance à l’adolescence, vaccinations.'],
  ['gynecology', 'Suivi gynécologique et suivi de grossesse.'],
  ['ophthalmology', 'Examen de la vue, fond d’œil, suivi du glaucome.'],
  ['dentistry', 'Soins dentaires, détartrage, prothèses.'],
  ['psychology', 'Entretiens individuels, gestion du stress, accompagnement.'],
  ['psychiatry', 'Consultation et suivi psychiatrique, au cabinet ou à distance.'],
  ['orthopedics', 'Traumatologie, douleurs articulaires, suivi après opération.'],
  ['otolaryngology', 'Oreille, nez, gorge : adultes et enfants.'],
  ['endocrinology', 'Diabète, thyroïde, équilibre nutritionnel.'],
];

/** What patients say of a visit, by the stars that they give; often nothing. */
export const comments: Readonly<Record<1 | 2 | 3 | 4 | 5, readonly (string | null)[]>> = {
  1: ['Plus d’une heure d’attente et aucune explication.', null],
  2: ['Consultation trop rapide, je suis resté avec mes questions.', null],
  3: ['Correct, mais difficile à joindre.', 'Bien, un peu d’attente.', null],
  4: ['À l’écoute et ponctuel.', 'Explications claires, je recommande.', 'طبيب جيد ومواعيده دقيقة.', null],
  5: [
    'Très à l’écoute, il prend le temps d’expliquer.',
    'Excellent suivi, merci !',
    'Je recommande sans hésiter.',
    'طبيب ممتاز، شكرًا جزيلًا.',
    null,
  ],
};
export const replies = [
  'Merci de votre confiance.',
  'Merci de votre retour, il nous aide à progresser.',
  'Merci, à bientôt.',
];
