export const rulesEn = {
  lead: 'What the law and the professional code of the country ask for, and MedFlow applies here. Each refusal names its rule and says what remains possible.',
  country: 'Country: {{name}}',
  none: 'No country’s rules are applied',
  noneHint:
    'This installation has chosen no country. Whoever runs it can do so by the setting MEDFLOW_COUNTRY (TN, say), described in the README.',
  source: 'Source',
  fees: 'Usual fees',
  feesHint: 'A fee outside is pointed out when availability is published; it remains allowed.',
  specialty: 'Specialty',
  range: 'Range',
};
