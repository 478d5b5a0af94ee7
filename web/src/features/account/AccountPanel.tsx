import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { SidePanel } from '../../components/SidePanel';
import { useLanguage } from '../../lib/viewer';
import { ContactPanel } from './contacts/ContactPanel';
import { allGroups } from './health-types';
import { MeasurePanel } from './measure/MeasurePanel';
import { panelContent } from './panel-address';
import { healthQuery, type Subject } from './requests';
import { EventsPanel } from './usage/EventsPanel';

/** What stands behind a figure, beside the page: a measure, a person, a feature, a day, a contact. */
export function AccountPanel({ subject }: { subject: Subject }) {
  return (
    <SidePanel title={(id) => <PanelTitle address={id} subject={subject} />}>
      {(id) => <PanelBody key={id} address={id} subject={subject} />}
    </SidePanel>
  );
}

function PanelTitle({ address, subject }: { address: string; subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const { data: health } = useQuery(healthQuery(subject));
  const content = panelContent(address);
  switch (content?.kind) {
    case 'measure': {
      const measure = allGroups(health?.groups ?? [])
        .flatMap(({ measures }) => measures)
        .find(({ key }) => key === content.key);
      return measure?.name[language] ?? content.key;
    }
    case 'events':
      return t('panel.events');
    case 'contact':
      return t('panel.contact');
    case 'newContact':
      return t('contacts.add');
    default:
      return t('panel.unknown');
  }
}

function PanelBody({ address, subject }: { address: string; subject: Subject }) {
  const { t } = useTranslation('account');
  const content = panelContent(address);
  switch (content?.kind) {
    case 'measure':
      return <MeasurePanel measureKey={content.key} subject={subject} />;
    case 'events':
      return <EventsPanel subject={subject} question={content.question} />;
    case 'contact':
      return <ContactPanel subject={subject} contactId={content.id} />;
    case 'newContact':
      return <ContactPanel subject={subject} contactId={undefined} />;
    default:
      return <EmptyState title={t('panel.unknown')}>{t('panel.unknownHelp')}</EmptyState>;
  }
}
