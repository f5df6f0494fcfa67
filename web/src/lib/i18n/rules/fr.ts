export const rulesFr = {
  lead: 'Ce que le droit et la déontologie du pays demandent, et que MedFlow applique ici. Chaque refus nomme sa règle et dit ce qui reste possible.',
  country: 'Pays : {{name}}',
  none: 'Aucune règle de pays n’est appliquée',
  noneHint:
    'Cette installation n’a pas choisi de pays. Qui l’administre peut le faire par le réglage MEDFLOW_COUNTRY (par exemple TN), décrit dans le README.',
  source: 'Source',
  fees: 'Honoraires usuels',
  feesHint: 'Un honoraire en dehors est signalé en publiant ses disponibilités ; il reste permis.',
  specialty: 'Spécialité',
  range: 'Fourchette',
};
