import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat } from '../../../lib/viewer';
import { Panel } from '../Panel';
import { departmentsQuery, type Subject } from '../requests';
import classes from '../Tables.module.css';
import type { DepartmentUse } from '../types';

/** Which departments use the product and which do not; the customer may see the same. */
export function DepartmentTable({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const departments = useQuery(departmentsQuery(subject));
  if (departments.isPending) return <Skeleton height={200} />;
  if (departments.isError) return <ErrorState error={departments.error} onRetry={() => void departments.refetch()} />;
  const { items } = departments.data;
  return (
    <Panel
      title={t('usage.departments')}
      aside={
        <Text fz="sm" c="dimmed">
          {t('usage.weeks12')}
        </Text>
      }
    >
      {items.length === 0 ? (
        <EmptyState title={t('usage.noDepartments')}>{t('usage.noDepartmentsHelp')}</EmptyState>
      ) : (
        <table className={classes.records} aria-label={t('usage.departments')}>
          <thead>
            <tr>
              <th scope="col">{t('contacts.department')}</th>
              <th scope="col">{t('usage.departmentPeople')}</th>
              <th scope="col">{t('usage.featuresUsed')}</th>
              <th scope="col">{t('usage.lastUsed')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((use) => (
              <DepartmentRow key={use.department ?? ''} use={use} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function DepartmentRow({ use: { department, known, people, features, last_used } }: { use: DepartmentUse }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <tr>
      <th scope="row">
        {department ?? t('usage.noDepartment')}
        {department === null && (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('usage.noDepartmentMeans')}
          </Text>
        )}
      </th>
      <td data-label={t('usage.departmentPeople')}>
        {department === null
          ? t('usage.peopleCount', { shown: format.number(people), count: people })
          : t('usage.ofKnown', { people: format.number(people), known: format.number(known), count: known })}
      </td>
      <td data-label={t('usage.featuresUsed')}>{format.number(features)}</td>
      <td data-label={t('usage.lastUsed')}>
        {last_used ? (
          <DateText value={last_used} />
        ) : (
          <Text span inherit c="dimmed">
            {t('usage.notUsed')}
          </Text>
        )}
      </td>
    </tr>
  );
}
