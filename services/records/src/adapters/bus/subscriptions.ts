import { careSubscriptions } from '@medflow/care/bus';
import { peopleSubscriptions } from '@medflow/people/bus';

export const PeopleSubscriptions = peopleSubscriptions('records');
export const CareSubscriptions = careSubscriptions('records');
