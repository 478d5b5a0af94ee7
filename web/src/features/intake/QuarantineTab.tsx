import { Button, Group, UnstyledButton } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import type { Selection } from '../../components/data-table/use-selection';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { SidePanel } from '../../components/SidePanel';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage, useViewer } from '../../lib/viewer';
import classes from './Intake.module.css';
import { fetchQuarantine, quarantineKey, quarantineReasonsQuery, type QuarantinedCall } from './quarantine';
import { QuarantinePanel } from './QuarantinePanel';
import { useReasonWord } from './reason-words';
import { SourceSelect } from './SourceSelect';
import { useIntakeAddress } from './use-intake-address';
import { useReplay } from './use-replay';

/** Calls that could not be used, by their reasons: mended, replayed or discarded. */
export function QuarantineTab({ sources }: { sources: readonly IntakeSource[] }) {
  const { t } = useTranslation('intake');
  const { role } = useViewer();
  const panel = usePanel();
  const { source: source_id, reason, narrow } = useIntakeAddress();
  const word = useReasonWord();
  const columns = useQuarantineColumns();
  const [selected, setSelected] = useState<Selection>(new Set());
  const { replay, askDiscard, isPending } = useReplay(() => setSelected(new Set()));
  const reasons = useQuery(quarantineReasonsQuery(source_id));
  const mayMend = role === 'admin';
  const table = useMemo(
    () => ({
      queryKey: [...quarantineKey, 'rows', source_id ?? null, reason ?? null],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) =>
        fetchQuarantine({ source_id, reason }, window),
    }),
    [source_id, reason],
  );
  const counted = reasons.data?.reasons ?? [];
  const shownCount = reason
    ? (counted.find((each) => each.reason === reason)?.count ?? 0)
    : counted.reduce((sum, { count }) => sum + count, 0);
  const ids = [...selected].map(Number);
  return (
    <>
      <DataTable
        id="intake-quarantine"
        label={t('tab.quarantine')}
        columns={columns}
        source={table}
        rowId={rowId}
        rowLabel={({ field, source }) => `${source ?? ''} ${field}`}
        selected={mayMend ? selected : undefined}
        onSelectedChange={mayMend ? setSelected : undefined}
        selectionSummary={() => (
          <Group gap={8}>
            <Button size="compact-sm" variant="default" loading={isPending} onClick={() => replay({ ids })}>
              {t('quarantine.replay')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => askDiscard({ ids }, ids.length)}>
              {t('quarantine.discard')}
            </Button>
          </Group>
        )}
        onOpen={({ id }) => panel.open(String(id))}
        openId={panel.id}
        toolbar={
          <>
            <SourceSelect sources={sources} value={source_id} onChange={(source) => narrow({ source })} />
            <div className={classes.chips} role="group" aria-label={t('quarantine.reasons')}>
              {counted.map((each) => (
                <ReasonChip
                  key={each.reason}
                  label={word(each.reason)}
                  count={each.count}
                  isPressed={each.reason === reason}
                  onPress={() => narrow({ reason: each.reason === reason ? undefined : each.reason })}
                />
              ))}
            </div>
            {mayMend && shownCount > 0 && (
              <Group gap={8} ml={{ base: 0, md: 'auto' }}>
                <Button size="xs" variant="default" loading={isPending} onClick={() => replay({ source_id, reason })}>
                  {reason ? t('quarantine.replayReason', { reason: word(reason) }) : t('quarantine.replayAll')}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  c="var(--mantine-color-error)"
                  onClick={() => askDiscard({ source_id, reason }, shownCount)}
                >
                  {t('quarantine.discardAll')}
                </Button>
              </Group>
            )}
          </>
        }
        empty={
          <EmptyState icon={IconShieldCheck} title={t('quarantine.empty')}>
            {t('quarantine.emptyHelp')}
          </EmptyState>
        }
      />
      <SidePanel title={() => t('quarantine.call')}>
        {(id) => <QuarantinePanel key={id} id={Number(id)} question={{ source_id, reason }} mayMend={mayMend} />}
      </SidePanel>
    </>
  );
}

function rowId({ id }: QuarantinedCall): string {
  return String(id);
}

interface ReasonChipProps {
  label: string;
  count: number;
  isPressed: boolean;
  onPress: () => void;
}

function ReasonChip({ label, count, isPressed, onPress }: ReasonChipProps) {
  const format = useFormat();
  return (
    <UnstyledButton className={classes.chip} aria-pressed={isPressed} onClick={onPress}>
      {label}
      <b>{format.number(count)}</b>
    </UnstyledButton>
  );
}

function useQuarantineColumns(): DataColumn<QuarantinedCall>[] {
  const { t } = useTranslation('intake');
  const language = useLanguage();
  const word = useReasonWord();
  return useMemo(
    () => [
      {
        id: 'message',
        header: t('quarantine.message'),
        width_px: 380,
        cell: ({ message }) => <span title={message[language]}>{message[language]}</span>,
      },
      {
        id: 'field',
        header: t('quarantine.field'),
        width_px: 160,
        cell: ({ field }) => <code>{field || '–'}</code>,
      },
      { id: 'reason', header: t('quarantine.reason'), width_px: 150, cell: ({ reason }) => word(reason) },
      { id: 'source', header: t('event.source'), width_px: 160, cell: ({ source }) => source ?? '–' },
      {
        id: 'received',
        header: t('event.received'),
        width_px: 110,
        cell: ({ received_at }) => <InstantText value={received_at} />,
      },
    ],
    [t, language, word],
  );
}
