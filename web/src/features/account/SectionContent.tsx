import { Stack } from '@mantine/core';
import { AttendanceSection } from './records/AttendanceSection';
import { ChangesSection } from './records/ChangesSection';
import { SurveysSection } from './records/SurveysSection';
import { TicketsSection } from './records/TicketsSection';
import { CallsSection } from './calls/CallsSection';
import { ContactsSection } from './contacts/ContactsSection';
import { OurPeople } from './contacts/OurPeople';
import { ContractsSection } from './contracts/ContractsSection';
import { JourneySection } from './journey/JourneySection';
import { OverviewSection } from './overview/OverviewSection';
import { PlanSection } from './plan/PlanSection';
import { PortalPanel } from './portal/PortalPanel';
import type { Subject } from './requests';
import type { Section } from './sections';
import { TimelineSection } from './timeline/TimelineSection';
import type { InteractionKind } from './types';
import { UsageSection } from './usage/UsageSection';

interface SectionContentProps {
  section: Section;
  subject: Subject;
  onCompose: (kind: InteractionKind) => void;
}

export function SectionContent({ section, subject, onCompose }: SectionContentProps) {
  switch (section) {
    case 'overview':
      return <OverviewSection subject={subject} onCompose={onCompose} />;
    case 'plan':
      return <PlanSection subject={subject} />;
    case 'journey':
      return <JourneySection subject={subject} />;
    case 'calls':
      return <CallsSection subject={subject} />;
    case 'timeline':
      return <TimelineSection subject={subject} />;
    case 'usage':
      return <UsageSection subject={subject} />;
    case 'contacts':
      return (
        <Stack gap="xl">
          <OurPeople subject={subject} />
          <ContactsSection subject={subject} />
          <PortalPanel subject={subject} />
        </Stack>
      );
    case 'contracts':
      return <ContractsSection subject={subject} />;
    case 'tickets':
      return <TicketsSection subject={subject} />;
    case 'surveys':
      return <SurveysSection subject={subject} />;
    case 'attendance':
      return <AttendanceSection subject={subject} />;
    case 'changes':
      return <ChangesSection subject={subject} />;
  }
}
