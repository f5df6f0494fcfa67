export const mapEn = {
  title: 'Map of the doctors shown',
  town_one: '{{city}}: {{count}} doctor',
  town_other: '{{city}}: {{count}} doctors',
  elsewhere_one: '{{count}} doctor is not on the map.',
  elsewhere_other: '{{count}} doctors are not on the map.',
};
