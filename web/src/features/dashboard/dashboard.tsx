import { useSession } from '../../lib/session';
import DoctorDashboard from './doctor-dashboard';
import PatientDashboard from './patient-dashboard';

export default function Dashboard() {
  return useSession().account?.role === 'doctor' ? <DoctorDashboard /> : <PatientDashboard />;
}
