import { IconArrowUpRight, IconCopy, IconLineDashed, IconMinus, IconWaveSine, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Lab.module.css';
import type { Verdict } from './types';

const icons: Record<Verdict, Icon> = {
  leading: IconArrowUpRight,
  weak: IconLineDashed,
  noise: IconWaveSine,
  redundant: IconCopy,
  constant: IconMinus,
};
const colors: Record<Verdict, string | undefined> = {
  leading: 'var(--level-healthy)',
  weak: undefined,
  noise: 'var(--level-at_risk)',
  redundant: 'var(--level-watch)',
  constant: 'var(--mantine-color-dimmed)',
};

/** What a measure is good for, by icon and word. */
export function VerdictWord({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('lab');
  const Icon = icons[verdict];
  return (
    <span className={classes.verdict} style={{ color: colors[verdict] }} title={t(`verdictHelp.${verdict}`)}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {t(`verdict.${verdict}`)}
    </span>
  );
}
