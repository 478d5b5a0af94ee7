import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookField } from '../../api/book-fields';
import { AttributeInput } from '../../components/AttributeInput';
import { useFormat, useLanguage } from '../../lib/viewer';
import { attributesQuery, useBulkChange, type AccountSet } from './changes';
import { OwnerSelect } from './OwnerSelect';
import { PhaseSelect } from './PhaseSelect';
import type { CellValue } from './types';

export type BulkSubject = 'owner' | 'phase' | 'attribute';

interface BulkDialogProps {
  /** What is to be set; null while the dialog is closed. */
  subject: BulkSubject | null;
  ids: readonly number[];
  fields: readonly BookField[];
  onClose: () => void;
  onDone: () => void;
}

/** Sets one thing for all selected accounts, with the reason that the history will give. */
export function BulkDialog({ subject, onClose, ...rest }: BulkDialogProps) {
  const { t } = useTranslation('book');
  return (
    <Modal
      opened={subject !== null}
      onClose={onClose}
      title={subject && t(`bulk.${subject}`)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {subject && <BulkForm subject={subject} onClose={onClose} {...rest} />}
    </Modal>
  );
}

function BulkForm({ subject, ids, fields, onClose, onDone }: BulkDialogProps & { subject: BulkSubject }) {
  const { t } = useTranslation('book');
  const format = useFormat();
  const { apply } = useBulkChange();
  const [set, setSet] = useState<AccountSet | null>(null);
  const [why, setWhy] = useState('');
  const count = { count: ids.length, formatted: format.number(ids.length) };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!set) return;
    void apply({ ids: [...ids], set, why: why.trim() || undefined }, (changed) =>
      t('bulk.done', { count: changed, formatted: format.number(changed) }),
    ).then((isDone) => isDone && onDone());
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('bulk.applies', count)}
        </Text>
        {subject === 'owner' && (
          <OwnerSelect
            label={t('bulk.ownerLabel')}
            value={set?.owner_id}
            onChange={(owner_id) => setSet({ owner_id })}
          />
        )}
        {subject === 'phase' && (
          <PhaseSelect
            label={t('bulk.phaseLabel')}
            fields={fields}
            value={set?.phase ?? null}
            onChange={(phase) => setSet({ phase })}
          />
        )}
        {subject === 'attribute' && (
          <AttributeChoice onChange={(key, value) => setSet(key === null ? null : { attributes: { [key]: value } })} />
        )}
        <Textarea
          label={t('bulk.why')}
          description={t('bulk.whyHelp')}
          autosize
          minRows={2}
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={set === null}>
            {t('bulk.apply', count)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Which attribute, and what it becomes. */
function AttributeChoice({ onChange }: { onChange: (key: string | null, value: CellValue) => void }) {
  const { t } = useTranslation('book');
  const language = useLanguage();
  const { data: defined = [] } = useQuery(attributesQuery);
  const attributes = defined.filter(({ managed_by }) => managed_by === null);
  const [key, setKey] = useState<string | null>(null);
  const [value, setValue] = useState<CellValue>(null);
  const attribute = attributes.find((candidate) => candidate.key === key);
  return (
    <>
      <Select
        label={t('bulk.attributeLabel')}
        data-autofocus
        searchable
        data={attributes.map((candidate) => ({ value: candidate.key, label: candidate.name[language] }))}
        nothingFoundMessage={t('bulk.noAttributes')}
        value={key}
        onChange={(next) => {
          setKey(next);
          setValue(null);
          onChange(next, null);
        }}
      />
      {attribute && (
        <AttributeInput
          attribute={attribute}
          label={t('bulk.value')}
          description={value === null ? t('bulk.emptyClears') : undefined}
          value={value}
          onChange={(next) => {
            setValue(next);
            onChange(attribute.key, next);
          }}
        />
      )}
    </>
  );
}
