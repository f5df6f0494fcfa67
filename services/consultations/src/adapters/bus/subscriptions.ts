import { careSubscriptions } from '@medflow/care/bus';
import { peopleSubscriptions } from '@medflow/people/bus';

export const PeopleSubscriptions = peopleSubscriptions('consultations');
export const CareSubscriptions = careSubscriptions('consultations');
