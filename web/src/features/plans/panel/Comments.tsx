import { Button, Checkbox, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { useEditing } from '../editing';
import classes from '../Plans.module.css';
import type { PlanDeeds } from '../use-plan-deeds';

/** What was said about one item: among us, and with the customer. */
export function Comments({ item, deeds }: { item: string | null; deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const { plan, mayEdit } = useEditing();
  const comments = plan?.comments.filter((each) => (each.item ?? null) === item) ?? [];
  return (
    <section aria-label={t('commentsTitle')}>
      <Title order={3} mb={6}>
        {t('commentsTitle')}
      </Title>
      {comments.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('noComments')}
        </Text>
      )}
      <ul className={classes.comments}>
        {comments.map(({ id, author, is_customer, internal, words, at }) => (
          <li key={id} data-customer={is_customer || undefined}>
            <Text fz="xs" c="dimmed">
              {[author, is_customer ? t('goals:side.theirs') : internal ? t('amongUs') : t('withCustomer')].join(' · ')}{' '}
              · <DateText value={at} />
            </Text>
            <Text fz="sm" style={{ whiteSpace: 'pre-wrap' }}>
              {words}
            </Text>
          </li>
        ))}
      </ul>
      {mayEdit && <NewComment item={item} deeds={deeds} />}
    </section>
  );
}

function NewComment({ item, deeds }: { item: string | null; deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const [words, setWords] = useState('');
  const [isShared, setShared] = useState(false);
  const send = () => deeds.comment({ item, words: words.trim(), internal: !isShared }, () => setWords(''));
  return (
    <Stack gap={8} mt={10}>
      <Textarea
        aria-label={t('newComment')}
        placeholder={t('newComment')}
        autosize
        minRows={2}
        maxLength={1300}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Group justify="space-between">
        <Checkbox
          size="xs"
          label={t('showCustomer')}
          checked={isShared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Button size="xs" variant="default" onClick={send} disabled={words.trim() === ''} loading={deeds.isBusy}>
          {t('comment')}
        </Button>
      </Group>
    </Stack>
  );
}
