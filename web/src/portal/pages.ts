// The pages in their order. What the vendor does not share is not there at all.
import {
  IconHeartHandshake,
  IconChartBar,
  IconFileText,
  IconHome,
  IconLifebuoy,
  IconMessageQuestion,
  IconReportAnalytics,
  IconRoute,
  IconTarget,
  IconUsers,
} from '@tabler/icons-react';
import type { Me, Shown } from './requests';

interface PageOfPortal {
  path: string;
  name: 'home' | Shown;
  icon: typeof IconHome;
}

const pages: readonly PageOfPortal[] = [
  { path: '/portal', name: 'home', icon: IconHome },
  { path: '/portal/plan', name: 'plan', icon: IconTarget },
  { path: '/portal/journey', name: 'journey', icon: IconRoute },
  { path: '/portal/value', name: 'value', icon: IconReportAnalytics },
  { path: '/portal/adoption', name: 'adoption', icon: IconChartBar },
  { path: '/portal/health', name: 'health', icon: IconHeartHandshake },
  { path: '/portal/surveys', name: 'surveys', icon: IconMessageQuestion },
  { path: '/portal/tickets', name: 'tickets', icon: IconLifebuoy },
  { path: '/portal/documents', name: 'documents', icon: IconFileText },
  { path: '/portal/people', name: 'people', icon: IconUsers },
];

export const morePath = '/portal/more';
export const logInPath = '/portal/log-in';

export function pagesFor({ shows }: Pick<Me, 'shows'>): readonly PageOfPortal[] {
  return pages.filter(({ name }) => name === 'home' || shows[name]);
}
