import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { useLanguage } from '../../lib/viewer';
import { ColumnRows } from './ColumnRows';
import { Extras } from './Extras';
import classes from './Import.module.css';
import { importQuery, startDeed, useSaveMapping, type Import } from './imports';
import { fieldsFilled, mappingOf, missingFields, withAllAttributes, withExtra, type MappingDraft } from './mapping';
import { MapOptions } from './MapOptions';

interface MapStepProps {
  record: Import;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
}

/** Which column fills which field. */
export function MapStep({ record, draft, onChange }: MapStepProps) {
  const { t } = useTranslation('import');
  const client = useQueryClient();
  const navigate = useNavigate();
  const save = useSaveMapping(record.id);
  const check = useMutation({
    mutationFn: async () => {
      await save.mutateAsync(mappingOf(draft, record.columns));
      return startDeed(record.id, 'dry-run');
    },
    onSuccess: async ({ job_id }) => {
      void client.invalidateQueries({ queryKey: importQuery(record.id).queryKey });
      await navigate({
        to: '/import/$importId',
        params: { importId: String(record.id) },
        search: { step: 'check', job: job_id },
      });
    },
  });
  const missing = missingFields(draft, record.fields);
  const free = draft.targets.filter(
    (target, index) => target.to === 'nothing' && record.columns[index]?.detected_type !== 'empty',
  ).length;
  return (
    <Stack gap="lg">
      <RequiredFields record={record} draft={draft} onChange={onChange} />
      <section>
        <Group justify="space-between" mb={8}>
          <Title order={2}>{t('map.columns')}</Title>
          {record.kind === 'accounts' && free > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange(withAllAttributes(draft, record.columns))}
            >
              {t('map.allAttributes', { count: free })}
            </Button>
          )}
        </Group>
        <ColumnRows record={record} draft={draft} onChange={onChange} />
      </section>
      <Extras record={record} draft={draft} onChange={onChange} />
      <MapOptions record={record} draft={draft} onChange={onChange} />
      {check.isError && <ErrorState error={check.error} />}
      <div className={classes.footer}>
        <Button variant="default" component={Link} to={`/import/${record.id}?step=read`}>
          {t('back')}
        </Button>
        <Group gap={12}>
          {missing.length > 0 && (
            <Text fz="sm" c="var(--level-critical)" visibleFrom="sm">
              {t('map.missingFirst')}
            </Text>
          )}
          <Button disabled={missing.length > 0} loading={check.isPending} onClick={() => check.mutate()}>
            {t('map.next')}
          </Button>
        </Group>
      </div>
    </Stack>
  );
}

/** What every row must have, and whether something fills it. */
function RequiredFields({ record, draft, onChange }: MapStepProps) {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const filled = fieldsFilled(draft);
  // A new account needs a name; rows that only change known ones do without.
  const needsName = record.kind === 'accounts';
  const shown = record.fields.filter(({ key, required }) => required || (needsName && key === 'name'));
  const idTarget = draft.targets.findIndex((target) => target.to === 'field' && target.field === 'external_id');
  const idHeading = record.columns[idTarget]?.heading;
  return (
    <section className={classes.note}>
      <div className={classes.fields}>
        <Text fz="sm" fw={600}>
          {t('map.required')}
        </Text>
        {shown.map(({ key, name }) => (
          <span key={key} className={classes.field} data-missing={!filled.has(key) || undefined}>
            {filled.has(key) && <IconCheck size={13} aria-hidden />}
            {name[language]}
            {!filled.has(key) && ` · ${t('map.missing')}`}
          </span>
        ))}
        {needsName && !filled.has('name') && idHeading !== undefined && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onChange(withExtra(draft, { field: 'name', from: 'column', value: idHeading }))}
          >
            {t('map.nameFromId', { column: idHeading })}
          </Button>
        )}
      </div>
      {needsName && !filled.has('name') && (
        <Text fz="sm" c="dimmed" mt={6}>
          {t('map.nameHelp')}
        </Text>
      )}
    </section>
  );
}
