import { Link } from 'react-router';
import { fullName, type Named } from '../lib/people';

/** A patient's name, for their doctor, leading to the page of all that is between the two. */
export const PatientLink = ({ patient }: { patient: Named & { id: string } }) => (
  <Link className="subject" to={`/patients/${encodeURIComponent(patient.id)}`}>
    {fullName(patient)}
  </Link>
);
