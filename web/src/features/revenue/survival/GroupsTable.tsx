import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import explorer from '../explorer/Explorer.module.css';
import classes from '../statistics/Statistics.module.css';
import type { Survival, SurvivalGroup } from '../statistics/types';

const ages = [12, 24, 36];

/** The figures of the curves, and what the projection rests on, in words. */
export function GroupsTable({ data }: { data: Survival }) {
  const { t } = useTranslation('survival');
  const language = useLanguage();
  return (
    <section>
      <div className={explorer.scroll} tabIndex={0} role="region" aria-label={t('groups')}>
        <table className={`${explorer.table} ${classes.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('group')}</th>
              <th scope="col">{t('customers')}</th>
              <th scope="col">{t('lost')}</th>
              <th scope="col">{t('returned')}</th>
              {ages.map((age) => (
                <th key={age} scope="col">
                  {t('stayed', { count: age })}
                </th>
              ))}
              <th scope="col">{t('median')}</th>
              <th scope="col">{t('mean')}</th>
            </tr>
          </thead>
          <tbody>
            {data.groups.map((group) => (
              <GroupRow key={group.value} group={group} />
            ))}
          </tbody>
        </table>
      </div>
      <ul className={classes.words}>
        {data.groups.map(({ value, name, projection }) => (
          <li key={value}>
            {data.groups.length > 1 && <b>{name[language]}</b>} {projection.text[language]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function GroupRow({ group }: { group: SurvivalGroup }) {
  const { t } = useTranslation('survival');
  const format = useFormat();
  const language = useLanguage();
  const { median_months: median, restricted_mean: mean } = group;
  const months = (value: number | null) => (value === null ? '—' : format.number(value, 1));
  return (
    <tr>
      <th scope="row">
        <span title={group.name[language]}>{group.name[language]}</span>
      </th>
      <td>{format.number(group.customers)}</td>
      <td>{format.number(group.lost)}</td>
      <td>{format.number(group.returned)}</td>
      {ages.map((age) => (
        <td key={age}>{format.percent(group.months[age]?.survival)}</td>
      ))}
      <td>
        {median.value === null
          ? t('notReached')
          : `${months(median.value)} (${months(median.low)}–${months(median.high)})`}
      </td>
      <td>
        {t('meanWithin', {
          mean: format.number(mean.months, 1),
          error: format.number(1.96 * mean.standard_error, 1),
          until: format.number(mean.until_month),
        })}
      </td>
    </tr>
  );
}
