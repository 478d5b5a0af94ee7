import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '../use-money';

interface BalancedProps {
  /** What is left over; zero where everything adds up. */
  off: number;
  currency: string;
  /** What adds up, in a sentence. */
  what: string;
}

/** Says that a table was added up, and by how much it is out where it is. */
export function Balanced({ off, currency, what }: BalancedProps) {
  const { t } = useTranslation('revenue');
  const money = useMoney(currency);
  const isBalanced = off === 0;
  const Icon = isBalanced ? IconCheck : IconAlertTriangle;
  return (
    <Text fz="xs" mt={6} c={isBalanced ? 'dimmed' : 'red'} data-balanced={isBalanced}>
      <Icon size={14} stroke={2} aria-hidden style={{ verticalAlign: -2 }} />{' '}
      {isBalanced ? what : t('explorer.off', { amount: money.exact(off) })}
    </Text>
  );
}
