import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/viewer';
import explorer from '../explorer/Explorer.module.css';
import statistics from '../statistics/Statistics.module.css';
import { EstimateText } from '../statistics/EstimateText';
import type { UnitEconomics } from '../statistics/types';
import { useMoney } from '../use-money';

/** What was spent on each channel, whom it won, and what one of them cost. */
export function Channels({ data }: { data: UnitEconomics }) {
  const { t } = useTranslation('economics');
  const format = useFormat();
  const money = useMoney(data.currency);
  if (data.channels.length === 0) return null;
  return (
    <section>
      <Title order={2} mb={8}>
        {t('channels')}
      </Title>
      <div className={explorer.scroll} tabIndex={0} role="region" aria-label={t('channels')}>
        <table className={`${explorer.table} ${statistics.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('channel')}</th>
              <th scope="col">{t('spent')}</th>
              <th scope="col">{t('won')}</th>
              <th scope="col">{t('cac')}</th>
            </tr>
          </thead>
          <tbody>
            {data.channels.map(({ channel, costs, won, cac }) => (
              <tr key={channel}>
                <th scope="row">{channel}</th>
                <td>{money.exact(costs)}</td>
                <td>{won === null ? '—' : format.number(won)}</td>
                <td>
                  <EstimateText isSmall estimate={cac} say={(value) => money.short(Math.round(value))} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.settings.channel_attribute === null && (
        <Text fz="xs" c="dimmed" mt={6}>
          {t('noChannelAttribute')}
        </Text>
      )}
    </section>
  );
}
