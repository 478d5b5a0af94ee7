import { Tooltip } from '@mantine/core';
import type { MoneyAmount } from '../lib/format/money';
import { useFormat } from '../lib/viewer';

/** 1,250万円 / JPY 12.5M, with every digit in the tooltip. Null is a dash. */
export function Money({ value }: { value: MoneyAmount | null | undefined }) {
  const format = useFormat();
  const short = format.money(value);
  const exact = format.moneyExact(value);
  if (short === exact)
    return (
      <span className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {short}
      </span>
    );
  return (
    <Tooltip label={exact}>
      <span className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {short}
      </span>
    </Tooltip>
  );
}
