import { Button, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat } from '../../../lib/viewer';
import classes from '../Records.module.css';
import { Panel } from '../Panel';
import { changesQuery, type Subject } from '../requests';
import type { RecordChange } from '../types';
import { FieldChanges } from './FieldChanges';
import { useReadableChanges } from './use-readable-changes';
import { useRecordNames } from './use-record-names';

/** Every change to the account's records: who, when, before, after, and why where somebody said so. */
export function ChangesSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const changes = useInfiniteQuery(changesQuery(subject));
  const nameOf = useRecordNames(subject);
  if (changes.isPending) return <Skeleton height={360} />;
  if (changes.isError) return <ErrorState error={changes.error} onRetry={() => void changes.refetch()} />;
  const items = changes.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <EmptyState title={t('changes.none')}>{t('changes.noneHelp')}</EmptyState>;
  return (
    <Panel title={t('tabs.changes')}>
      <ol className={classes.changes}>
        {items.map((change) => (
          <Change
            key={`${change.entity}-${change.version_id}`}
            change={change}
            subject={subject}
            name={nameOf(change.entity, change.entity_id)}
          />
        ))}
      </ol>
      {changes.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          {t('changes.more')}
        </Button>
      )}
    </Panel>
  );
}

interface ChangeProps {
  change: RecordChange;
  subject: Subject;
  /** What the changed record is called, where that is known. */
  name: string | undefined;
}

function Change({ change, subject, name }: ChangeProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const changes = useReadableChanges(change);
  // What was changed at renewals in one step has a number like an import, but none that anybody could look up.
  const isStep = change.entity === 'renewal';
  const entity = t(`entity.${change.entity}` as never, { defaultValue: change.entity });
  const recordedLater = change.recorded_at.slice(0, 10) !== change.known_at.slice(0, 10);
  return (
    <li>
      <div className={classes.changeHead}>
        <b>
          {change.deleted ? t('changes.deleted', { entity }) : entity}
          {name && ` · ${name}`}
        </b>
        <DateText value={change.known_at} form="absolute" />
        <span>{change.actor_name || t('changes.system')}</span>
        {recordedLater && (
          <span className={classes.recorded} title={format.instant(change.recorded_at)}>
            {t('changes.recorded', { at: format.dayShort(change.recorded_at.slice(0, 10)) })}
          </span>
        )}
        {!isStep && change.import_id && <span>{t('changes.import', { number: change.import_id })}</span>}
        {change.undoes_import_id && (
          <span>{isStep ? t('changes.takenBack') : t('changes.undo', { number: change.undoes_import_id })}</span>
        )}
      </div>
      {change.why && <Text className={classes.why}>{t('changes.why', { why: change.why })}</Text>}
      <FieldChanges changes={changes} subject={subject} />
    </li>
  );
}
