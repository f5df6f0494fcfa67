import type { ComponentType } from 'react';
import type { Side } from './visit';

export interface VisitPanelProps {
  appointmentId: string;
  doctorId: string;
  patientId: string;
}

/** What other parts of the client show beside the video: the record, the conversation. */
export interface VisitPanel {
  name: string;
  /** Key of its words. */
  label: string;
  sides: readonly Side[];
  component: ComponentType<VisitPanelProps>;
}

const panels: VisitPanel[] = [];

/** For the router, where features meet: they do not know one another. */
export const addVisitPanel = (panel: VisitPanel): number => panels.push(panel);

export const visitPanelsFor = (side: Side): readonly VisitPanel[] => panels.filter(({ sides }) => sides.includes(side));
