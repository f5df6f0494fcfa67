/** Words of free slots, wherever they are offered, and of the list of doctors. */
export const bookerFr = {
  found_one: '{{count}} docteur affiché',
  found_other: '{{count}} docteurs affichés',
  today: 'Auj.',
  tomorrow: 'Demain',
  more: 'Plus',
  moreSlots: 'Plus de créneaux',
  without: 'Sans : {{condition}}',
  previous: 'Mois précédent',
  next: 'Mois suivant',
  day_one: '{{day}}, {{count}} créneau libre',
  day_other: '{{day}}, {{count}} créneaux libres',
  none: 'Aucun créneau libre en {{month}}',
  soonest: 'Prochain : {{day}}',
  zone: 'Fuseau horaire',
  change: 'Changer',
  changeZone: 'Changer de fuseau horaire',
};
