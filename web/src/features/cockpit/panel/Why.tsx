import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../api/work';
import { useLanguage } from '../../../lib/viewer';
import classes from '../Cockpit.module.css';

/** Why there is this call, why it stands where it stands, and the figures behind it. */
export function Why({ call }: { call: CallDetail }) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const explanation = call.explanation[language];
  const closing = call.outcome_why?.[language];
  const hasBefore = call.evidence.some(({ before }) => before !== null);
  return (
    <Stack gap="sm">
      {explanation !== '' && (
        <Text fz="sm" style={{ whiteSpace: 'pre-line' }}>
          {explanation}
        </Text>
      )}
      {call.why && (
        <Text fz="sm" c="dimmed">
          {call.rank === null ? call.why[language] : t('panel.rank', { rank: call.rank, why: call.why[language] })}
        </Text>
      )}
      {closing && <Text fz="sm">{t('panel.closing', { why: closing })}</Text>}
      {call.evidence.length > 0 && (
        <table className={classes.plain}>
          <thead>
            <tr>
              <th scope="col">{t('panel.field')}</th>
              {hasBefore && (
                <th scope="col" data-right>
                  {t('panel.before')}
                </th>
              )}
              <th scope="col" data-right>
                {t('panel.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {call.evidence.map(({ field, name, value, before }) => (
              <tr key={field}>
                <th scope="row">{name[language]}</th>
                {hasBefore && <td data-right>{before?.[language] ?? '–'}</td>}
                <td data-right>{value[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {explanation === '' && !call.why && call.evidence.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('panel.noWhy')}
        </Text>
      )}
    </Stack>
  );
}
