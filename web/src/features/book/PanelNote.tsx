import { Button, Group, Select, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../components/toast';
import { useNote } from './changes';

const kinds = ['note', 'call', 'meeting', 'mail'] as const;
const subjectLength = 80;

/** Writes down a contact or a thought on the account's timeline. */
export function PanelNote({ accountId }: { accountId: number }) {
  const { t } = useTranslation('book');
  const note = useNote(accountId);
  const [kind, setKind] = useState<string>('note');
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = text.trim();
    if (body === '') return;
    const [firstLine = ''] = body.split('\n');
    note.mutateAsync({ kind, subject: firstLine.slice(0, subjectLength), body }).then(() => {
      setText('');
      showToast(t('note.saved'));
    }, showProblem);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={8}>
        <Textarea
          size="xs"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          aria-label={t('note.text')}
          placeholder={t('note.text')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="space-between" gap={8}>
          <Select
            size="xs"
            w={140}
            aria-label={t('note.kind')}
            allowDeselect={false}
            data={kinds.map((value) => ({ value, label: t(`note.kinds.${value}`) }))}
            value={kind}
            onChange={(next) => next && setKind(next)}
          />
          <Button size="xs" variant="default" type="submit" loading={note.isPending} disabled={text.trim() === ''}>
            {t('note.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
