import { Badge, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Score } from '../../components/Score';
import { addDays } from '../../lib/format/date';
import { useAsOf } from '../../lib/as-of';
import { useLanguage } from '../../lib/viewer';
import classes from './Account.module.css';
import type { Health } from './health-types';
import { healthQuery, historyQuery, type Subject } from './requests';
import { useAccountAddress } from './use-account-address';

const sparkline_days = 182;
const sparklineStep_days = 7;

function changeOf(health: Health): number | null {
  const change = health.change_28d;
  if (!change || change.from_score === null || change.to_score === null) return null;
  return change.to_score - change.from_score;
}

/** The score of the day, large, with its change and its half year. */
export function HeaderScore({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const { day } = useAsOf();
  const { showSection } = useAccountAddress();
  const health = useQuery(healthQuery(subject));
  const history = useQuery(historyQuery(subject, { from: addDays(day, -sparkline_days), to: day }));
  if (health.isPending) return <Skeleton height={44} width={280} />;
  if (!health.data) return <span className={classes.noScore}>{t('header.scoreFailed')}</span>;
  const weekly = history.data?.score.filter((_, index, all) => (all.length - 1 - index) % sparklineStep_days === 0);
  return (
    <div className={classes.headerScore}>
      <Score
        size="lg"
        score={health.data.score}
        level={health.data.level}
        change={changeOf(health.data)}
        history={weekly}
        reasons={health.data.sentences.map((sentence) => sentence[language])}
        onOpen={() => showSection('overview')}
      />
      {health.data.override && <Badge title={health.data.override.reason}>{t('override.badge')}</Badge>}
    </div>
  );
}
