/** Words of the directory’s map. */
export const mapFr = {
  title: 'Carte des docteurs affichés',
  town_one: '{{city}} : {{count}} docteur',
  town_other: '{{city}} : {{count}} docteurs',
  elsewhere_one: '{{count}} docteur n’est pas sur la carte.',
  elsewhere_other: '{{count}} docteurs ne sont pas sur la carte.',
};
