import { Button, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsOf } from '../../../lib/as-of';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Overview.module.css';
import type { NotableDay } from '../health-types';
import { CauseLink } from './CauseLink';

const shownAtFirst = 5;
const largestParts = 3;

/** The days on which the score moved, newest first, each with the measures that moved it. */
export function NotableDays({ days }: { days: readonly NotableDay[] }) {
  const { t } = useTranslation('account');
  const [all, setAll] = useState(false);
  if (days.length === 0) return null;
  const newestFirst = days.toSorted((a, b) => b.day.localeCompare(a.day));
  return (
    <div>
      <Text component="h3" fz="sm" fw={600} mb={4}>
        {t('history.notable')}
      </Text>
      <ol className={classes.notableDays}>
        {newestFirst.slice(0, all ? undefined : shownAtFirst).map((change) => (
          <NotableDayLine key={change.day} change={change} />
        ))}
      </ol>
      {!all && days.length > shownAtFirst && (
        <Button variant="subtle" size="compact-sm" mt={4} onClick={() => setAll(true)}>
          {t('history.more', { count: days.length - shownAtFirst })}
        </Button>
      )}
    </div>
  );
}

function NotableDayLine({ change }: { change: NotableDay }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const { setAsOf } = useAsOf();
  const delta = change.to_score - change.from_score;
  const parts = change.parts.toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta)).slice(0, largestParts);
  const lookBack = t('history.lookBack', { day: format.day(change.day) });
  return (
    <li>
      <span className={classes.notableDay}>
        <time dateTime={change.day}>{format.dayShort(change.day)}</time>
        <span className={classes.delta} data-direction={Math.sign(delta)}>
          {format.number(change.from_score)} → {format.number(change.to_score)}
        </span>
      </span>
      <ul>
        {parts.map((part) => (
          <li key={part.key}>
            <CauseLink measure={part.key} account={part.account}>
              {part.sentence[language]}
            </CauseLink>
          </li>
        ))}
      </ul>
      <Tooltip label={lookBack}>
        <UnstyledButton className={classes.lookBack} aria-label={lookBack} onClick={() => setAsOf(change.day)}>
          <IconHistory size={15} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Tooltip>
    </li>
  );
}
