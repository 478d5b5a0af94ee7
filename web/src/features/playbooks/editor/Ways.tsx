import { Select, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Step } from '../playbook';
import { portsOf } from '../graph/ports';
import { usePortWords, useStepName } from '../use-step-words';
import type { Editor } from './use-editor';

interface WaysProps {
  editor: Editor;
  step: Step;
  readOnly: boolean;
}

/** The end of the run; keys hold no blanks. */
const theEnd = ' end';

/** Where each way out leads: the same as drawing an arrow, for the keyboard. */
export function Ways({ editor, step, readOnly }: WaysProps) {
  const { t } = useTranslation('playbooks');
  const words = usePortWords();
  const nameOf = useStepName();
  const ports = portsOf(step);
  if (ports.length === 0) return null;
  const targets = editor.body.steps.filter(({ key }) => key !== step.key);
  return (
    <section>
      <Title order={3} mb={6}>
        {t('ways.title')}
      </Title>
      <Stack gap="xs">
        {ports.map(({ name, to, label, isFallback }) => (
          <Select
            key={name}
            size="xs"
            label={words(step, name, label) || t('ways.next')}
            description={isFallback ? t('ways.fallback') : undefined}
            searchable
            allowDeselect={false}
            readOnly={readOnly}
            data={[
              ...targets.map((each) => ({ value: each.key, label: nameOf(each) })),
              { value: theEnd, label: t('graph.end') },
            ]}
            value={to ?? theEnd}
            onChange={(next) => next && editor.connect({ from: step.key, port: name }, next === theEnd ? null : next)}
          />
        ))}
      </Stack>
    </section>
  );
}
