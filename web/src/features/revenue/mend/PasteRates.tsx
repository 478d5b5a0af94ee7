import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rate } from '../../../api/contracts';
import { pastedRates } from './rates';

interface PasteRatesProps {
  opened: boolean;
  onClose: () => void;
  onTake: (rates: Rate[]) => void;
}

/** Brings rates over from a spreadsheet: what was understood is counted before it is taken. */
export function PasteRates({ opened, onClose, onTake }: PasteRatesProps) {
  const { t } = useTranslation('revenue');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('rates.paste')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <PasteForm onClose={onClose} onTake={onTake} />}
    </Modal>
  );
}

const shownFaults = 5;

function PasteForm({ onClose, onTake }: Omit<PasteRatesProps, 'opened'>) {
  const { t } = useTranslation('revenue');
  const [text, setText] = useState('');
  const { rates, unread } = useMemo(() => pastedRates(text), [text]);
  const take = () => {
    onTake(rates);
    onClose();
  };
  return (
    <Stack gap="md">
      <Textarea
        label={t('rates.cells')}
        description={t('rates.cellsHelp')}
        data-autofocus
        autosize
        minRows={8}
        maxRows={16}
        ff="monospace"
        placeholder={'2026-05\tUSD\t151.25\n2026-06\tUSD\t152.10'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div role="status">
        {text.trim() !== '' && <Text fz="sm">{t('rates.understood', { count: rates.length })}</Text>}
        {unread.length > 0 && (
          <Text fz="sm" c="red">
            {t('rates.unread', { count: unread.length, lines: unread.slice(0, shownFaults).join(' / ') })}
          </Text>
        )}
      </div>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={rates.length === 0} onClick={take}>
          {t('rates.take', { count: rates.length })}
        </Button>
      </Group>
    </Stack>
  );
}
