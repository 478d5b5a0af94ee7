import { Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { LevelBadge } from '../../components/LevelBadge';
import type { TwoLanguages } from '../../lib/language';
import { useFormat, useLanguage } from '../../lib/viewer';
import { AccountLink } from '../../components/rules/AccountLink';
import { Evidence } from './Evidence';
import { previewQuery } from './requests';
import { forTrial, isTestable } from './rule';
import type { SignalPreview, SignalRule } from './types';
import classes from './Signals.module.css';

const pause_ms = 300;

interface PreviewProps {
  rule: SignalRule;
  publishedKey: string | undefined;
}

/** Who meets the condition today, and the explanation as a real account would get it. */
export function Preview({ rule, publishedKey }: PreviewProps) {
  const { t } = useTranslation('signals');
  const [asked] = useDebouncedValue(rule, pause_ms);
  const question = useMemo(() => (isTestable(asked) ? forTrial(asked) : null), [asked]);
  const preview = useQuery(previewQuery(question, publishedKey));
  if (question === null) return null;
  return (
    <section
      className={classes.card}
      aria-label={t('preview.title')}
      aria-busy={preview.isPlaceholderData || asked !== rule}
    >
      <Title order={2} mb={4}>
        {t('preview.title')}
      </Title>
      {preview.isPending && <Skeleton height={120} />}
      {preview.isError && <ErrorState error={preview.error} />}
      {preview.data && !preview.isError && <Today preview={preview.data} />}
    </section>
  );
}

function Today({ preview }: { preview: SignalPreview }) {
  const { t } = useTranslation('signals');
  const format = useFormat();
  const { accounts, arr, in_scope, entering, leaving } = preview;
  return (
    <Stack gap={10}>
      <div>
        <Text fz={20} fw={620} lh={1.4} aria-live="polite">
          {t('preview.accounts', { count: accounts, formatted: format.number(accounts) })}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('preview.of', { scope: format.number(in_scope), arr: format.money(arr) })}
        </Text>
        {entering !== null && leaving !== null && (
          <Text fz="xs">
            {entering === 0 && leaving === 0
              ? t('preview.same')
              : t('preview.moves', { entering: format.number(entering), leaving: format.number(leaving) })}
          </Text>
        )}
      </div>
      {preview.sample.length > 0 && <Example sample={preview.sample} />}
    </Stack>
  );
}

function Example({ sample }: { sample: SignalPreview['sample'] }) {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const account = sample.find(({ id }) => String(id) === chosen) ?? sample[0]!;
  return (
    <div>
      <Select
        size="xs"
        label={t('preview.example')}
        allowDeselect={false}
        data={sample.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={String(account.id)}
        onChange={setChosen}
        mb={8}
      />
      <div className={classes.example}>
        <Text fz="sm" component="div">
          <AccountLink id={account.id} name={account.name} /> {account.level && <LevelBadge level={account.level} />}
        </Text>
        <Words text={account.explanation} first={language} />
        <Evidence items={account.evidence} />
      </div>
    </div>
  );
}

/** In the reader's language, and below it as a colleague with the other one would read it. */
function Words({ text, first }: { text: TwoLanguages; first: 'ja' | 'en' }) {
  const other = first === 'ja' ? 'en' : 'ja';
  return (
    <>
      <Text fz="sm" lang={first}>
        {text[first]}
      </Text>
      <Text fz="xs" c="dimmed" lang={other}>
        {text[other]}
      </Text>
    </>
  );
}
