import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Goal, type PlanDocument } from '../../../api/plans';
import { formatDay } from '../../../lib/format/date';
import { formatNumber } from '../../../lib/format/number';
import type { Language } from '../../../lib/language';
import classes from '../Plans.module.css';

/** What the customer receives: why they bought, and goal by goal what is agreed. Nothing that is internal is in it. */
export function Preview({ document, language }: { document: PlanDocument; language: Language }) {
  const { t } = useTranslation('plans', { lng: language });
  const purpose = wordsIn(document.purpose, language);
  return (
    <div lang={language} className={classes.letter}>
      <Title order={3}>{wordsIn(document.name, language)}</Title>
      {purpose !== '' && (
        <Text fz="sm" mt={4}>
          <Text span c="dimmed" fz="xs" display="block">
            {t('plans:preview.purpose')}
          </Text>
          {purpose}
        </Text>
      )}
      <ol>
        {document.goals.map((goal) => (
          <li key={goal.key}>
            <Text fw={600} fz="sm">
              {wordsIn(goal.name, language)}
            </Text>
            {wordsIn(goal.why, language) !== '' && <Text fz="sm">{wordsIn(goal.why, language)}</Text>}
            <dl>
              <dt>{t('plans:preview.criterion')}</dt>
              <dd>{wordsIn(goal.criterion, language) || '–'}</dd>
              {goal.kind !== 'yes_no' && (
                <>
                  <dt>{t('plans:preview.target')}</dt>
                  <dd>{figures(goal, language)}</dd>
                </>
              )}
              <dt>{t('plans:preview.due')}</dt>
              <dd>{formatDay(goal.due, language)}</dd>
            </dl>
          </li>
        ))}
      </ol>
    </div>
  );
}

function figures(goal: Goal, language: Language): string {
  const unit = wordsIn(goal.unit, language);
  const gap = language === 'en' && /^\p{L}/u.test(unit) ? ' ' : '';
  const written = (value: number | null) => (value === null ? '–' : `${formatNumber(value, language, 2)}${gap}${unit}`);
  return `${written(goal.baseline)} → ${written(goal.target)}`;
}
