import { Button, Group, MultiSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../../components/toast';
import { useLanguage, useViewer } from '../../../lib/viewer';
import classes from '../Timeline.module.css';
import { isPresent } from '../contacts/importance';
import { useInteractions } from '../interactions';
import { instantOfWall, nowOf, wallOfInstant } from '../../../lib/local-time';
import { contactsQuery } from '../requests';
import { interactionKinds, type InteractionKind, type TimelineEntry } from '../types';
import { titleFrom } from './compose';

interface ComposerProps {
  accountId: string;
  kind: InteractionKind;
  /** What is being changed; absent for something new. */
  entry?: TimelineEntry;
  onDone?: () => void;
  autoFocus?: boolean;
}

/** Writes down a note, meeting, call or mail. It stands on the timeline before the server has answered. */
export function Composer({ accountId, kind: firstKind, entry, onDone, autoFocus = false }: ComposerProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const { name, timeZone, bookDay, bookDayFixed } = useViewer();
  const { add, change, remove } = useInteractions(accountId, name);
  const { data: contacts = [] } = useQuery(contactsQuery({ id: accountId, asOf: undefined }));
  const [kind, setKind] = useState(firstKind);
  const [title, setTitle] = useState(entry?.title ?? '');
  const [body, setBody] = useState(entry?.body ?? '');
  const [people, setPeople] = useState<string[]>((entry?.detail.contact_ids ?? []).map(String));
  const [wall, setWall] = useState<string | null>(entry ? wallOfInstant(entry.at, timeZone) : null);
  const hasText = title.trim() !== '' || body.trim() !== '';
  const isNote = kind === 'note';

  const clear = () => {
    setTitle('');
    setBody('');
    setPeople([]);
    setWall(null);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!hasText) return;
    const interaction = {
      kind,
      occurred_at: wall ? instantOfWall(wall, timeZone) : nowOf(bookDay, bookDayFixed, timeZone),
      subject: titleFrom(title, body),
      body: body.trim(),
      contact_ids: people.map(Number),
    };
    if (entry) {
      const before = {
        kind: firstKind,
        occurred_at: entry.at,
        subject: entry.title,
        body: entry.body ?? '',
        contact_ids: entry.detail.contact_ids ?? [],
      };
      change
        .mutateAsync({ id: entry.id, ...interaction })
        .then(() => {
          onDone?.();
          showToast(t('timeline.changed'), () => change.mutateAsync({ id: entry.id, ...before }).catch(showProblem));
        })
        .catch(showProblem);
    } else {
      add
        .mutateAsync(interaction)
        .then(({ id }) => {
          onDone?.();
          showToast(t('timeline.saved'), () => remove.mutateAsync(id).catch(showProblem));
        })
        .catch((error: unknown) => {
          // What was typed is given back rather than lost; a dialog stays open with it.
          setTitle(title);
          setBody(body);
          showProblem(error);
        });
      if (!onDone) clear();
    }
  };
  return (
    <form className={classes.composer} onSubmit={submit}>
      <Stack gap={8}>
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={t('compose.kind')}
          value={kind}
          onChange={(next) => {
            const chosen = interactionKinds.find((candidate) => candidate === next);
            if (chosen) setKind(chosen);
          }}
          data={interactionKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        {!isNote && (
          <TextInput
            aria-label={t('compose.subject')}
            placeholder={t('compose.subject')}
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
        <Textarea
          aria-label={t('compose.body')}
          placeholder={isNote ? t('compose.note') : t('compose.body')}
          autosize
          minRows={isNote ? 2 : 3}
          maxRows={14}
          maxLength={20_000}
          data-autofocus={autoFocus || undefined}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing) submit();
          }}
        />
        {!isNote && (
          <Group gap={8} align="flex-start">
            <DateTimePicker
              size="xs"
              w={200}
              clearable
              clearButtonProps={{ 'aria-label': t('common:clear') }}
              aria-label={t('compose.when')}
              placeholder={t('compose.now')}
              valueFormat={language === 'ja' ? 'YYYY/M/D H:mm' : 'D MMM YYYY HH:mm'}
              maxDate={`${bookDay} 23:59:59`}
              value={wall}
              onChange={setWall}
            />
            <MultiSelect
              size="xs"
              flex={1}
              miw={200}
              searchable
              clearable
              aria-label={t('compose.people')}
              placeholder={people.length === 0 ? t('compose.people') : undefined}
              data={contacts.filter(isPresent).map(({ id, name: label }) => ({ value: String(id), label }))}
              value={people}
              onChange={setPeople}
            />
          </Group>
        )}
        <Group justify="flex-end" gap={8}>
          {onDone && (
            <Button size="xs" variant="default" onClick={onDone}>
              {t('common:cancel')}
            </Button>
          )}
          <Button size="xs" type="submit" disabled={!hasText} loading={onDone && (add.isPending || change.isPending)}>
            {t('compose.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
