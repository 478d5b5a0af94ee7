import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheckFilled, IconCircleDashed, IconThumbUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import { contactsQuery, type Subject } from '../requests';
import { useCanEdit } from '../use-subject';
import { ConfirmDialog } from './ConfirmDialog';
import classes from './Journey.module.css';
import { useJourneyDeeds, type AccountJourney, type JourneyMap, type Milestone, type Position } from './requests';

interface MilestonesProps {
  journey: AccountJourney;
  map: JourneyMap;
  position: Position;
  subject: Subject;
}

/** Stage by stage what proves it: by the data with its day, or by the customer with who said it and how. */
export function Milestones({ journey, map, position, subject }: MilestonesProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  return (
    <Panel title={t('journey.milestones')}>
      {map.stages.map((stage) => (
        <div key={stage.key} className={classes.group} data-here={stage.key === position.stage || undefined}>
          <Text component="h3" className={classes.groupName}>
            {stage.name[language]}
          </Text>
          {stage.milestones.length === 0 ? (
            <Text fz="sm" c="dimmed">
              {t('journey.noMilestones')}
            </Text>
          ) : (
            <ul className={classes.milestones}>
              {stage.milestones.map((milestone) => (
                <MilestoneLine
                  key={milestone.key}
                  milestone={milestone}
                  state={position.milestones.find(({ key }) => key === milestone.key)}
                  said={journey.events.find(
                    ({ kind, milestone: key }) => kind === 'confirmed' && key === milestone.key,
                  )}
                  subject={subject}
                />
              ))}
            </ul>
          )}
        </div>
      ))}
    </Panel>
  );
}

type State = Position['milestones'][number];
type Said = AccountJourney['events'][number];

interface LineProps {
  milestone: Milestone;
  state: State | undefined;
  said: Said | undefined;
  subject: Subject;
}

function MilestoneLine({ milestone, state, said, subject }: LineProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const canEdit = useCanEdit();
  const [confirming, setConfirming] = useState(false);
  const { confirm } = useJourneyDeeds(subject.id);
  const name = milestone.name[language];
  const takeBack = () =>
    carryOut(
      confirm,
      { milestone: milestone.key, confirmed: false },
      {
        onSuccess: () =>
          showToast(t('journey.takenBack'), () =>
            carryOut(
              confirm,
              {
                milestone: milestone.key,
                confirmed: true,
                contact_id: said?.contact_id ?? null,
                words: said?.words ?? '',
              },
              { onError: showProblem },
            ),
          ),
        onError: showProblem,
      },
    );
  return (
    <li>
      <div className={classes.milestoneName}>
        {name}
        {!milestone.required && (
          <Text span fz="xs" c="dimmed">
            {' '}
            {t('journey.optional')}
          </Text>
        )}
      </div>
      <div className={classes.evidence}>
        {milestone.by_data && <ByData state={state} />}
        {milestone.by_customer && <ByCustomer state={state} said={said} subject={subject} />}
      </div>
      {canEdit && milestone.by_customer && (
        <Button
          size="compact-xs"
          variant="default"
          loading={confirm.isPending}
          aria-label={t(state?.confirmed_on ? 'journey.takeBackOf' : 'journey.confirmOf', { name })}
          onClick={() => (state?.confirmed_on ? takeBack() : setConfirming(true))}
        >
          {t(state?.confirmed_on ? 'journey.takeBack' : 'journey.confirm')}
        </Button>
      )}
      {confirming && (
        <ConfirmDialog milestone={milestone.key} name={name} subject={subject} onClose={() => setConfirming(false)} />
      )}
    </li>
  );
}

function ByData({ state }: { state: State | undefined }) {
  const { t } = useTranslation('account');
  if (state?.state === 'lapsed')
    return (
      <span data-state="lapsed">
        <IconAlertTriangle size={14} aria-hidden /> {t('journey.lapsed')} <DateText value={state.lapsed_on} />
      </span>
    );
  if (state?.reached_on)
    return (
      <span data-state="reached">
        <IconCircleCheckFilled size={14} aria-hidden /> {t('journey.reached')}{' '}
        <DateText value={state.reached_on} form="absolute" />
        {state.failing_since && (
          <span className={classes.since}>
            {' '}
            {t('journey.failing')} <DateText value={state.failing_since} />
          </span>
        )}
      </span>
    );
  return (
    <span data-state="open">
      <IconCircleDashed size={14} aria-hidden /> {t('journey.open')}
    </span>
  );
}

function ByCustomer({ state, said, subject }: { state: State | undefined; said: Said | undefined; subject: Subject }) {
  const { t } = useTranslation('account');
  const contacts = useQuery(contactsQuery(subject));
  if (!state?.confirmed_on)
    return (
      <span data-state="open">
        <IconCircleDashed size={14} aria-hidden /> {t('journey.unconfirmed')}
      </span>
    );
  const who = contacts.data?.find(({ id }) => id === said?.contact_id)?.name;
  return (
    <span data-state="confirmed">
      <IconThumbUp size={14} aria-hidden /> {t('journey.confirmed')}{' '}
      <DateText value={state.confirmed_on} form="absolute" />
      {who && ` · ${who}`}
      {said?.words && <q className={classes.words}>{said.words}</q>}
    </span>
  );
}
