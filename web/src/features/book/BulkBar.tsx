import { Button, Group, Text } from '@mantine/core';
import { IconTag, IconUser, IconArrowsExchange, IconListCheck, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookField } from '../../api/book-fields';
import { OpenCallDialog } from '../../components/calls/OpenCallDialog';
import type { MoneyAmount } from '../../lib/format/money';
import { useAsOf } from '../../lib/as-of';
import { useFormat, useMayEdit } from '../../lib/viewer';
import { BulkDialog, type BulkSubject } from './BulkDialog';
import { StartPlaybookDialog } from './StartPlaybookDialog';

interface BulkBarProps {
  ids: readonly number[];
  /** Of the selected accounts. */
  arr: MoneyAmount;
  fields: readonly BookField[];
  onDone: () => void;
}

const subjects = [
  { subject: 'owner', icon: IconUser },
  { subject: 'phase', icon: IconArrowsExchange },
  { subject: 'attribute', icon: IconTag },
] as const;

/** Beside the count of what is selected: its ARR, and what can be done with all of it at once. */
export function BulkBar({ ids, arr, fields, onDone }: BulkBarProps) {
  const { t } = useTranslation('book');
  const format = useFormat();
  const { isPast } = useAsOf();
  const mayEdit = useMayEdit();
  const [subject, setSubject] = useState<BulkSubject | null>(null);
  const [opensCall, setOpensCall] = useState(false);
  const [startsPlaybook, setStartsPlaybook] = useState(false);
  return (
    <Group gap={8}>
      <Text fz="sm" title={format.moneyExact(arr)}>
        {t('bulk.arr', { amount: format.money(arr) })}
      </Text>
      {mayEdit &&
        !isPast &&
        subjects.map(({ subject: name, icon: Icon }) => (
          <Button
            key={name}
            size="compact-sm"
            variant="default"
            leftSection={<Icon size={14} stroke={1.6} />}
            onClick={() => setSubject(name)}
          >
            {t(`bulk.${name}`)}
          </Button>
        ))}
      {mayEdit && !isPast && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconListCheck size={14} stroke={1.6} />}
          onClick={() => setOpensCall(true)}
        >
          {t('bulk.call')}
        </Button>
      )}
      {mayEdit && !isPast && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRoute size={14} stroke={1.6} />}
          onClick={() => setStartsPlaybook(true)}
        >
          {t('bulk.playbook')}
        </Button>
      )}
      {isPast && (
        <Text fz="sm" c="dimmed">
          {t('panel.pastReadOnly')}
        </Text>
      )}
      <OpenCallDialog accounts={opensCall ? ids : null} onClose={() => setOpensCall(false)} onDone={onDone} />
      <StartPlaybookDialog ids={startsPlaybook ? ids : null} onClose={() => setStartsPlaybook(false)} onDone={onDone} />
      <BulkDialog subject={subject} ids={ids} fields={fields} onClose={() => setSubject(null)} onDone={onDone} />
    </Group>
  );
}
