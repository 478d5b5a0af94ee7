import { useTranslation } from 'react-i18next';
import { Money } from '../../components/Money';
import { Score, ScoreChange } from '../../components/Score';
import { useFormat, useLanguage } from '../../lib/viewer';
import { AccountLine } from './AccountLine';
import { moved } from './book-address';
import { useChangeReasons } from './change-reasons';
import { HomeSection, Nothing } from './HomeSection';
import type { HomeAccount } from './home';
import classes from './Home.module.css';

interface MoversProps {
  direction: 'up' | 'down';
  accounts: readonly HomeAccount[];
  total: number;
  mineOf: number | undefined;
}

const shown = 6;
const change_days = 28;

/** Whose score moved most in 28 days, and what moved it most. */
export function Movers({ direction, accounts, total, mineOf }: MoversProps) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const language = useLanguage();
  const listed = accounts.slice(0, shown);
  const reasons = useChangeReasons(listed, direction);
  return (
    <HomeSection
      title={t(`movers.${direction}`)}
      note={t('movers.note', { count: total, formatted: format.number(total) })}
      all={moved(direction, mineOf)}
    >
      {accounts.length === 0 ? (
        <Nothing>{t(`movers.${direction}Nothing`)}</Nothing>
      ) : (
        <ul className={classes.list}>
          {listed.map((account, index) => (
            <AccountLine key={account.id} account={account} detail={reasons[index]?.[language] ?? '\u00a0'}>
              <span className={classes.arr}>
                <Money value={account.arr} />
              </span>
              <span className={classes.change}>
                <ScoreChange change={account.score_change_28d} days={change_days} hidePeriod />
              </span>
              <Score
                aligned
                score={account.score}
                level={account.level}
                history={account.sparkline}
                reasons={account.reasons.map((reason) => reason[language])}
              />
            </AccountLine>
          ))}
        </ul>
      )}
    </HomeSection>
  );
}
