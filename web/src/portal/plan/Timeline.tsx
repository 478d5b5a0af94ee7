import { IconCheck, IconCircle, IconFlag, IconTarget } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import type { Plan } from '../requests';
import { Section } from '../ui/Section';
import ui from '../ui/Ui.module.css';
import { datesOf, type Dated } from './order';
import classes from './Plan.module.css';

const icons = { goal: IconTarget, milestone: IconFlag, action: IconCircle } as const;

/** Everything with a day, one below the other, with today in between. */
export function Timeline({ plan, today }: { plan: Plan; today: string }) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const dates = datesOf(plan);
  if (dates.length === 0) return null;
  const past = dates.filter(({ day }) => day < today);
  const coming = dates.filter(({ day }) => day >= today);
  return (
    <Section title={t('timeline.title')}>
      <ol className={classes.timeline}>
        {past.map((dated) => (
          <Entry key={`${dated.kind} ${dated.key}`} dated={dated} isPast />
        ))}
        <li className={classes.today}>
          <span>{t('timeline.today', { day: format.day(today) })}</span>
        </li>
        {coming.map((dated) => (
          <Entry key={`${dated.kind} ${dated.key}`} dated={dated} isPast={false} />
        ))}
      </ol>
    </Section>
  );
}

function Entry({ dated, isPast }: { dated: Dated; isPast: boolean }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const Icon = dated.isDone ? IconCheck : icons[dated.kind];
  const state = dated.isDone ? t('timeline.done') : isPast ? t('timeline.open') : '';
  return (
    <li data-done={dated.isDone || undefined}>
      <Icon size={18} aria-hidden />
      <div>
        <p>{dated.name[language]}</p>
        <p className={ui.quiet}>
          {t(`timeline.kind.${dated.kind}`)} · <time dateTime={dated.day}>{format.day(dated.day)}</time>
          {state && ` · ${state}`}
        </p>
      </div>
    </li>
  );
}
