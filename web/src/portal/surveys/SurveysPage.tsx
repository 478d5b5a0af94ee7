import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { surveysQuery } from '../requests';
import { Page } from '../ui/Page';
import { Empty, Loaded } from '../ui/States';
import ui from '../ui/Ui.module.css';
import { useIsViewed } from '../who';
import classes from '../ui/List.module.css';

/** Questions that wait for an answer of this person. */
export function SurveysPage() {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const isViewed = useIsViewed();
  const surveys = useQuery(surveysQuery);
  return (
    <Page title={t('page.surveys')} lead={t('surveys.lead')}>
      <Loaded query={surveys} height_px={220}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('surveys.none')}>{t('surveys.noneHelp')}</Empty>
          ) : (
            <ul className={`${ui.card} ${classes.list}`}>
              {items.map(({ url, question, sent_on, closes_on }) => {
                const inside = (
                  <>
                    <span>
                      <span className={classes.name}>{question[language]}</span>
                      <span className={ui.quiet}>
                        {closes_on
                          ? t('surveys.until', { day: format.day(closes_on) })
                          : t('surveys.since', { day: format.day(sent_on) })}
                      </span>
                    </span>
                    {!isViewed && <IconChevronRight size={22} aria-hidden />}
                  </>
                );
                return (
                  <li key={url}>
                    {/* Answering is the customer's: who only looks gets the question, not the way to the answer. */}
                    {isViewed ? (
                      <div className={classes.row}>{inside}</div>
                    ) : (
                      <a className={classes.row} href={url}>
                        {inside}
                      </a>
                    )}
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
