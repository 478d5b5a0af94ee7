import { useTranslation } from 'react-i18next';
import { DateText } from '../../components/DateText';
import { Money } from '../../components/Money';
import { Score } from '../../components/Score';
import { useFormat, useLanguage } from '../../lib/viewer';
import { AccountLine } from './AccountLine';
import { silentFor } from './book-address';
import { HomeSection, Nothing } from './HomeSection';
import type { Home } from './home';
import classes from './Home.module.css';

const shown = 6;

/** Customers who used the product and no longer do; the largest first, since that is whom to call. */
export function SilentAccounts({ home, mineOf }: { home: Home; mineOf: number | undefined }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const language = useLanguage();
  const { silent, silent_total, silent_after_days } = home;
  return (
    <HomeSection
      title={t('silent.title')}
      note={t('silent.note', { days: silent_after_days, count: silent_total, formatted: format.number(silent_total) })}
      all={silentFor(silent_after_days, mineOf)}
    >
      {silent.length === 0 ? (
        <Nothing>{t('silent.nothing', { count: silent_after_days })}</Nothing>
      ) : (
        <ul className={classes.list}>
          {silent.slice(0, shown).map((account) => (
            <AccountLine
              key={account.id}
              account={account}
              detail={
                <>
                  {t('silent.last')} <DateText value={account.last_activity_day} />
                </>
              }
            >
              <span className={classes.arr}>
                <Money value={account.arr} />
              </span>
              <Score
                aligned
                score={account.score}
                level={account.level}
                reasons={account.reasons.map((reason) => reason[language])}
              />
            </AccountLine>
          ))}
        </ul>
      )}
    </HomeSection>
  );
}
