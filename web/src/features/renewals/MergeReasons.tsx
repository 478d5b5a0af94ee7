import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RenewalReason } from '../../api/renewal-reasons';
import { useLanguage } from '../../lib/viewer';
import { useReasonDeeds } from './use-reason-deeds';

interface MergeReasonsProps {
  reason: RenewalReason;
  reasons: readonly RenewalReason[];
  onClose: () => void;
}

/** Asks into which reason, and says how many uses move: that is the one deed here without a way back. */
export function MergeReasons({ reason, reasons, onClose }: MergeReasonsProps) {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const { mergeInto, busy } = useReasonDeeds();
  const [key, setKey] = useState<string | null>(null);
  const name = reason.name[language];
  const targets = reasons.filter((each) => each.key !== reason.key && !each.retired);
  const into = targets.find((each) => each.key === key);
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      title={t('reasons.mergeTitle', { name })}
    >
      <Stack gap="sm">
        <Select
          data-autofocus
          label={t('reasons.mergeInto')}
          placeholder={t('reasons.mergeChoose')}
          data={targets.map((each) => ({
            value: each.key,
            label: t('reasons.withUses', { name: each.name[language], count: each.uses }),
          }))}
          value={key}
          onChange={setKey}
        />
        <Text fz="sm">
          {into
            ? t('reasons.mergeEffect', { name, into: into.name[language], count: reason.uses })
            : t('reasons.mergeUses', { name, count: reason.uses })}
        </Text>
        <Text fz="sm" c="dimmed">
          {t('reasons.mergeFinal')}
        </Text>
        <Group justify="flex-end" gap="sm" mt={4}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button color="red" loading={busy} disabled={!into} onClick={() => into && mergeInto(reason, into, onClose)}>
            {t('reasons.mergeDo', { count: reason.uses })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
