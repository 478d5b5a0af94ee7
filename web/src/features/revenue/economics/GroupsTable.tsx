import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import explorer from '../explorer/Explorer.module.css';
import statistics from '../statistics/Statistics.module.css';
import { EstimateText } from '../statistics/EstimateText';
import type { Economics, UnitEconomics } from '../statistics/types';
import { useMoney } from '../use-money';

/** The same figures for each value of the dimension. */
export function GroupsTable({ data }: { data: UnitEconomics }) {
  const { t } = useTranslation('economics');
  const language = useLanguage();
  const dimension = data.dimensions.find(({ key }) => key === data.by);
  return (
    <section>
      <Title order={2} mb={8}>
        {dimension?.name[language]}
      </Title>
      <div className={explorer.scroll} tabIndex={0} role="region" aria-label={dimension?.name[language]}>
        <table className={`${explorer.table} ${statistics.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('group')}</th>
              <th scope="col">{t('paying')}</th>
              <th scope="col">{t('won')}</th>
              <th scope="col">{t('lost')}</th>
              <th scope="col">{t('arpa')}</th>
              <th scope="col">{t('churn')}</th>
              <th scope="col">{t('ltvMargin')}</th>
              <th scope="col">{t('ltvSurvival')}</th>
            </tr>
          </thead>
          <tbody>
            {data.groups.map((group) => (
              <tr key={group.value}>
                <th scope="row">
                  <span title={group.name[language]}>{group.name[language]}</span>
                </th>
                <EconomicsCells economics={group} currency={data.currency} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr data-balance>
              <th scope="row">{t('all')}</th>
              <EconomicsCells economics={data.total} currency={data.currency} />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function EconomicsCells({ economics, currency }: { economics: Economics; currency: string }) {
  const format = useFormat();
  const money = useMoney(currency);
  const amount = (value: number) => money.short(Math.round(value));
  return (
    <>
      <td>{format.number(economics.paying)}</td>
      <td>{format.number(economics.won)}</td>
      <td>{format.number(economics.lost)}</td>
      <td>
        <EstimateText isSmall estimate={economics.arpa} say={amount} />
      </td>
      <td>
        <EstimateText isSmall estimate={economics.monthly_churn} say={(value) => format.percent(value, 2)} />
      </td>
      <td>
        <EstimateText isSmall estimate={economics.ltv_margin} say={amount} />
      </td>
      <td>
        <EstimateText isSmall estimate={economics.ltv_survival} say={amount} />
      </td>
    </>
  );
}
