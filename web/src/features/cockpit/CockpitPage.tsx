import { Button, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { workScopes } from '../../api/work';
import { OpenCallDialog } from '../../components/calls/OpenCallDialog';
import { LiveDot } from '../../components/LiveDot';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SidePanel } from '../../components/SidePanel';
import { StoredViews } from '../../components/StoredViews';
import { useAsOf } from '../../lib/as-of';
import { useShortcut } from '../../lib/shortcuts';
import { useFormat } from '../../lib/viewer';
import { CallBoard } from './CallBoard';
import { CallCalendar } from './CallCalendar';
import { CallList } from './CallList';
import classes from './Cockpit.module.css';
import { DeedDialogs } from './DeedDialogs';
import { CallPanel, PanelTitle } from './panel/CallPanel';
import { PanelActions } from './panel/PanelActions';
import type { CockpitSearch } from './question';
import { rooms } from './search';
import { TaskRoom } from './TaskRoom';
import { useCockpit, useLiveWork } from './use-cockpit';

/** The page of the morning: whom to help, why, and how. */
export function CockpitPage() {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const { isPast } = useAsOf();
  const { search, change, mayEdit, today } = useCockpit();
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ?? false;
  const { room = 'list', scope = 'me' } = search;
  const [opening, setOpening] = useState(false);
  useLiveWork();
  useShortcut({ key: 'n', label: t('open'), group: t('title') }, () => setOpening(true), mayEdit);
  const tabs = useRef<HTMLElement>(null);
  // On a phone the room that is shown may lie beyond the edge of the row.
  useEffect(() => {
    tabs.current?.querySelector('[aria-current=true]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [room]);
  return (
    <DeedDialogs>
      <Page fill>
        <PageHeader
          title={t('title')}
          subtitle={isPhone ? undefined : t('subtitle', { day: format.day(today) })}
          actions={
            <>
              <LiveDot />
              {mayEdit && (
                <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setOpening(true)}>
                  {t('open')}
                </Button>
              )}
            </>
          }
        />
        <div className={classes.head}>
          <nav ref={tabs} className={classes.rooms} aria-label={t('room.label')}>
            {rooms.map((each) => (
              <UnstyledButton
                key={each}
                className={classes.room}
                aria-current={each === room}
                onClick={() => change({ room: each === 'list' ? undefined : each, day: undefined }, false)}
              >
                {t(`room.${each}`)}
              </UnstyledButton>
            ))}
          </nav>
          <SegmentedControl
            size="xs"
            aria-label={t('scope.label')}
            value={scope}
            data={workScopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
            onChange={(next) => change({ scope: next === 'team' || next === 'all' ? next : undefined }, false)}
          />
          <Views />
        </div>
        {isPast && (
          <Text fz="sm" c="dimmed" mb={8}>
            {t('alwaysLatest')}
          </Text>
        )}
        {room === 'list' && <CallList />}
        {room === 'board' && <CallBoard />}
        {room === 'calendar' && <CallCalendar />}
        {room === 'tasks' && <TaskRoom />}
        <SidePanel title={(id) => <PanelTitle id={id} />} actions={(id) => <PanelActions id={id} />}>
          {(id) => <CallPanel key={id} id={id} />}
        </SidePanel>
        <OpenCallDialog
          accounts={opening ? 'ask' : null}
          onClose={() => setOpening(false)}
          onDone={([id]) => id !== undefined && change({ panel: String(id) }, false)}
        />
      </Page>
    </DeedDialogs>
  );
}

const viewKeys = ['room', 'scope', 'status', 'kind', 'severity', 'due', 'q', 'sort', 'state'] as const;
type ViewQuery = { [Key in (typeof viewKeys)[number]]: string | null };

function Views() {
  const { search, change } = useCockpit();
  const present = Object.fromEntries(viewKeys.map((key) => [key, search[key] ?? null])) as ViewQuery;
  return (
    <StoredViews
      list="calls"
      present={present}
      currentId={search.saved}
      onShow={(query, saved) =>
        change(
          {
            ...(Object.fromEntries(viewKeys.map((key) => [key, query?.[key] ?? undefined])) as Partial<CockpitSearch>),
            saved,
          },
          false,
        )
      }
    />
  );
}
