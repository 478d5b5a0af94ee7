import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import classes from './Catalogue.module.css';
import { mostAccounts, type FeatureUsage } from './catalogue';

/** Who uses a feature most, each leading to its page. */
export function TopAccounts({ usage }: { usage: FeatureUsage }) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  if (usage.accounts.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('panel.noAccounts')}
      </Text>
    );
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('panel.account')}</th>
            <th scope="col" data-align="right">
              {t('panel.users')}
            </th>
            <th scope="col" data-align="right">
              {t('column.events')}
            </th>
          </tr>
        </thead>
        <tbody>
          {usage.accounts.map(({ id, name, events, users }) => (
            <tr key={id}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: String(id) }}>
                  {name || id}
                </Link>
              </td>
              <td data-align="right">{format.number(users)}</td>
              <td data-align="right">{format.number(events)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {usage.accounts.length >= mostAccounts && (
        <Text fz="xs" c="dimmed" mt={6}>
          {t('panel.topOnly', { count: mostAccounts })}
        </Text>
      )}
    </>
  );
}
