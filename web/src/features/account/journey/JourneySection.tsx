import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconMapPin, IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import type { Subject } from '../requests';
import { useCanEdit } from '../use-subject';
import { AssumeDialog } from './AssumeDialog';
import { Feelings } from './Feelings';
import classes from './Journey.module.css';
import { JourneyStrip } from './JourneyStrip';
import { Milestones } from './Milestones';
import { PositionFacts } from './PositionFacts';
import { accountJourneyQuery, type JourneyMap, type Position } from './requests';
import { AccountReviews } from './AccountReviews';
import { Stays } from './Stays';

/** The customer's way to its outcome: where it stands and on what grounds, what proves it, and what people felt. */
export function JourneySection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const journey = useQuery(accountJourneyQuery(subject.id));
  if (journey.isPending) return <Skeleton height={320} />;
  if (journey.isError) return <ErrorState error={journey.error} onRetry={() => void journey.refetch()} />;
  const { map, position } = journey.data;
  return (
    <div className={classes.section}>
      {subject.asOf !== undefined && (
        <Text fz="sm" c="dimmed">
          {t('journey.today')}
        </Text>
      )}
      {map && position ? (
        <>
          <Where map={map} position={position} subject={subject} />
          <Milestones journey={journey.data} map={map} position={position} subject={subject} />
          <Feelings journey={journey.data} map={map} subject={subject} />
        </>
      ) : (
        <NoJourney />
      )}
      <AccountReviews journey={journey.data} subject={subject} />
      <Stays journey={journey.data} />
    </div>
  );
}

function Where({ map, position, subject }: { map: JourneyMap; position: Position; subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const canEdit = useCanEdit();
  const [assuming, setAssuming] = useState(false);
  return (
    <Panel
      title={map.name[language]}
      aside={
        <Group gap={8}>
          {canEdit && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconMapPin size={15} stroke={1.8} />}
              onClick={() => setAssuming(true)}
            >
              {t('journey.assume')}
            </Button>
          )}
          <Button
            size="xs"
            variant="subtle"
            renderRoot={(props) => <Link to="/journeys/$key" params={{ key: map.key }} {...props} />}
          >
            {t('journey.all')}
          </Button>
        </Group>
      }
    >
      <JourneyStrip map={map} position={position} />
      <PositionFacts map={map} position={position} />
      {assuming && (
        <AssumeDialog map={map} position={position} accountId={subject.id} onClose={() => setAssuming(false)} />
      )}
    </Panel>
  );
}

function NoJourney() {
  const { t } = useTranslation('account');
  return (
    <EmptyState
      icon={IconRoute}
      title={t('journey.none')}
      action={
        <Button size="xs" variant="default" renderRoot={(props) => <Link to="/journeys" {...props} />}>
          {t('journey.toMaps')}
        </Button>
      }
    >
      {t('journey.noneHelp')}
    </EmptyState>
  );
}
