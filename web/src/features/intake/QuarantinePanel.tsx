import { Button, Group, JsonInput, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../components/CodeBlock';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { usePanel } from '../../lib/use-panel';
import { useLanguage } from '../../lib/viewer';
import classes from './Intake.module.css';
import { fieldWithinCall } from './json-lines';
import { JsonView } from './JsonView';
import {
  fetchQuarantine,
  quarantineKey,
  type QuarantinedCall,
  type QuarantinePage,
  type QuarantineQuestion,
} from './quarantine';
import { useReasonWord } from './reason-words';
import { useReplay } from './use-replay';

interface QuarantinePanelProps {
  id: number;
  /** The list it was opened from. */
  question: QuarantineQuestion;
  mayMend: boolean;
}

/** As many of the list are looked through for a call that an address leads to. */
const lookedThrough = 1000;

/** The call of a list's window where it is there already, else looked for in the list. */
function useCall(id: number, question: QuarantineQuestion) {
  const client = useQueryClient();
  return useQuery({
    queryKey: [...quarantineKey, 'one', id],
    queryFn: async ({ signal }) => {
      const { items } = await fetchQuarantine(question, { offset: 0, limit: lookedThrough, signal });
      return items.find((call) => call.id === id) ?? null;
    },
    initialData: () =>
      client
        .getQueriesData<QuarantinePage>({ queryKey: [...quarantineKey, 'rows'] })
        .flatMap(([, page]) => page?.items ?? [])
        .find((call) => call.id === id),
  });
}

/** One call that could not be used: what is wrong, as it was sent, and the way to mend it. */
export function QuarantinePanel({ id, question, mayMend }: QuarantinePanelProps) {
  const { t } = useTranslation('intake');
  const call = useCall(id, question);
  if (call.isPending) return <Skeleton height={320} />;
  if (call.isError) return <ErrorState error={call.error} onRetry={() => void call.refetch()} />;
  if (call.data === null) return <EmptyState title={t('quarantine.gone')}>{t('quarantine.goneHelp')}</EmptyState>;
  return <Call call={call.data} mayMend={mayMend} />;
}

function textOf(call: unknown): string {
  return typeof call === 'string' ? call : JSON.stringify(call, null, 2);
}

function Call({ call, mayMend }: { call: QuarantinedCall; mayMend: boolean }) {
  const { t } = useTranslation('intake');
  const language = useLanguage();
  const word = useReasonWord();
  const { close } = usePanel();
  const { replay, replayMended, askDiscard, isPending } = useReplay(close);
  const [text, setText] = useState<string | null>(null);
  const mended = text === null ? undefined : parsed(text);
  return (
    <Stack gap="lg">
      <div className={classes.fault} role="note">
        <IconAlertCircle size={16} aria-hidden />
        <span>{call.message[language]}</span>
      </div>
      <dl className={classes.facts}>
        <dt>{t('quarantine.reason')}</dt>
        <dd>{word(call.reason)}</dd>
        {call.field !== '' && (
          <>
            <dt>{t('quarantine.field')}</dt>
            <dd className={classes.mono}>{call.field}</dd>
          </>
        )}
        <dt>{t('event.source')}</dt>
        <dd>{call.source ?? '–'}</dd>
        <dt>{t('event.received')}</dt>
        <dd>
          <InstantText value={call.received_at} form="both" />
        </dd>
      </dl>
      <section>
        <Group justify="space-between" mb={8}>
          <Title order={3}>{t(text === null ? 'quarantine.asSent' : 'quarantine.mend')}</Title>
          <CopyText text={text ?? textOf(call.call)} />
        </Group>
        {text === null ? (
          <JsonView
            value={call.call}
            label={t('quarantine.asSent')}
            fault={fieldWithinCall(call.field)}
            absent={t('quarantine.absent')}
          />
        ) : (
          <JsonInput
            aria-label={t('quarantine.mend')}
            autosize
            minRows={10}
            maxRows={28}
            formatOnBlur
            value={text}
            onChange={setText}
            validationError={t('quarantine.notJson')}
            error={mended === undefined ? t('quarantine.notJson') : undefined}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          />
        )}
      </section>
      {mayMend ? (
        <Group justify="space-between" gap={8}>
          <Button variant="default" c="var(--mantine-color-error)" onClick={() => askDiscard({ ids: [call.id] }, 1)}>
            {t('quarantine.discard')}
          </Button>
          {text === null ? (
            <Group gap={8}>
              <Button variant="default" loading={isPending} onClick={() => replay({ ids: [call.id] })}>
                {t('quarantine.replayAsIs')}
              </Button>
              <Button onClick={() => setText(textOf(call.call))}>{t('quarantine.edit')}</Button>
            </Group>
          ) : (
            <Group gap={8}>
              <Button variant="default" onClick={() => setText(null)}>
                {t('common:cancel')}
              </Button>
              <Button disabled={mended === undefined} loading={isPending} onClick={() => replayMended(call.id, mended)}>
                {t('quarantine.replayMended')}
              </Button>
            </Group>
          )}
        </Group>
      ) : (
        <Text fz="sm" c="dimmed">
          {t('quarantine.adminsMend')}
        </Text>
      )}
    </Stack>
  );
}

/** The object that the text says, or undefined. */
function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
