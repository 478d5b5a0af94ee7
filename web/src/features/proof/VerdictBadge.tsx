import { Badge } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconClock, IconEqual } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Verdict } from './requests';

const looks = {
  helps: { color: 'blue', Icon: IconArrowUpRight },
  hurts: { color: 'orange', Icon: IconArrowDownRight },
  none_seen: { color: 'gray', Icon: IconEqual },
  too_early: { color: 'gray', Icon: IconClock },
} as const;

/** Helps, hurts, no effect seen, too early: by icon and word, not by colour alone. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('proof');
  const { color, Icon } = looks[verdict];
  return (
    <Badge
      color={color}
      variant={verdict === 'too_early' ? 'outline' : 'light'}
      leftSection={<Icon size={13} aria-hidden />}
      style={{ flexShrink: 0 }}
    >
      {t(`verdict.${verdict}`)}
    </Badge>
  );
}
