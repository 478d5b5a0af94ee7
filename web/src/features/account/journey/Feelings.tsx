import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import { contactsQuery, type Subject } from '../requests';
import { useCanEdit } from '../use-subject';
import { FeelingDialog } from './FeelingDialog';
import classes from './Journey.module.css';
import type { AccountJourney, JourneyMap } from './requests';

interface FeelingsProps {
  journey: AccountJourney;
  map: JourneyMap;
  subject: Subject;
}

/** What people of the customer said they felt, stage by stage as time went on, newest first. */
export function Feelings({ journey, map, subject }: FeelingsProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const canEdit = useCanEdit();
  const contacts = useQuery(contactsQuery(subject));
  const [noting, setNoting] = useState(false);
  const feelings = journey.feelings.toSorted((a, b) => b.day.localeCompare(a.day));
  return (
    <Panel
      title={t('journey.feelings')}
      aside={
        canEdit && (
          <Button size="xs" variant="default" onClick={() => setNoting(true)}>
            {t('journey.noteFeeling')}
          </Button>
        )
      }
    >
      {feelings.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('journey.noFeelings')}
        </Text>
      ) : (
        <ul className={classes.feelings}>
          {feelings.map((said, index) => (
            <li key={index}>
              <FeelingScale feeling={said.feeling} />
              <span>
                {said.words && <q className={classes.words}>{said.words}</q>}
                <Text span fz="xs" c="dimmed" display="block">
                  {[
                    contacts.data?.find(({ id }) => id === said.contact_id)?.name,
                    map.stages.find(({ key }) => key === said.stage)?.name[language],
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </span>
              <DateText value={said.day} form="absolute" />
            </li>
          ))}
        </ul>
      )}
      {noting && <FeelingDialog subject={subject} onClose={() => setNoting(false)} />}
    </Panel>
  );
}

const steps = [1, 2, 3, 4, 5] as const;

/** Five dots and the word: readable without colour. */
function FeelingScale({ feeling }: { feeling: number }) {
  const { t } = useTranslation('account');
  const step = steps.find((each) => each === feeling) ?? 3;
  return (
    <span className={classes.scale}>
      <span aria-hidden>
        {steps.map((each) => (
          <i key={each} data-on={each <= step || undefined} />
        ))}
      </span>
      {t(`journey.feeling.${step}`)}
    </span>
  );
}
