import { Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDownRight,
  IconArrowUpRight,
  IconCheck,
  IconCircleDashed,
  IconCircleX,
  IconThumbUp,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Renewals.module.css';
import type { Category, MachineView, Outcome } from './types';

const categoryIcons = {
  open: IconCircleDashed,
  commit: IconCheck,
  best_case: IconThumbUp,
  at_risk: IconAlertTriangle,
  lost: IconCircleX,
};

/** What a person expects, by word and sign. */
export function CategoryBadge({ category }: { category: Category }) {
  const { t } = useTranslation('renewals');
  const Icon = categoryIcons[category];
  return (
    <span className={classes.badge} data-category={category}>
      <Icon size={13} stroke={1.8} aria-hidden />
      {t(`category.${category}`)}
    </span>
  );
}

const outcomeIcons = {
  open: IconCircleDashed,
  renewed: IconCheck,
  renewed_up: IconArrowUpRight,
  renewed_down: IconArrowDownRight,
  churned: IconCircleX,
};

export function OutcomeBadge({ outcome, confirmed, late }: { outcome: Outcome; confirmed: boolean; late: boolean }) {
  const { t } = useTranslation('renewals');
  const Icon = outcomeIcons[outcome];
  return (
    <span className={classes.badge} data-outcome={outcome}>
      <Icon size={13} stroke={1.8} aria-hidden />
      {t(`outcome.${outcome}`)}
      {late && <span className={classes.note}>{t('late')}</span>}
      {!confirmed && (outcome === 'churned' || outcome === 'renewed_down') && (
        <span className={classes.note}>{t('unconfirmed')}</span>
      )}
    </span>
  );
}

/** The machine's probability with its reason on hover. */
export function MachineCell({ machine }: { machine: MachineView | null }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const language = useLanguage();
  if (!machine) return <span className={classes.note}>–</span>;
  const shown =
    machine.probability === null ? (
      <span className={classes.note}>{t('machine.tooFew')}</span>
    ) : (
      <span>
        {format.percent(machine.probability, 0)}
        <span className={classes.note}>{t('machine.cases', { count: machine.cases, shown: machine.cases })}</span>
      </span>
    );
  if (!machine.words) return shown;
  return (
    <Tooltip label={machine.words[language]} multiline maw={320}>
      {shown}
    </Tooltip>
  );
}
