import { Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { findStep } from '../graph/edit';
import { startId } from '../graph/layout';
import { useStepName } from '../use-step-words';
import type { FaultsByStep } from './faults';
import { SettingsForm } from './SettingsForm';
import { StepForm } from './StepForm';
import type { Editor } from './use-editor';
import classes from './Editor.module.css';

interface InspectorProps {
  editor: Editor;
  readOnly: boolean;
  faults: FaultsByStep;
}

/** The form of what is chosen in the graph; of nothing: what is still wrong, and how one works here. */
export function Inspector({ editor, readOnly, faults }: InspectorProps) {
  const { t } = useTranslation('playbooks');
  const nameOf = useStepName();
  const step = findStep(editor.body.steps, editor.selected);
  if (editor.selected === startId) return <SettingsForm editor={editor} readOnly={readOnly} />;
  if (step)
    return (
      <StepForm
        key={step.key}
        editor={editor}
        step={step}
        readOnly={readOnly}
        faults={faults.steps.get(step.key) ?? []}
      />
    );
  const isSound = faults.others.length === 0 && faults.steps.size === 0;
  return (
    <Stack gap="md">
      <Title order={2}>{t('help.title')}</Title>
      <Text fz="sm" className="phrases">
        {t(readOnly ? 'help.read' : 'help.edit')}
      </Text>
      {!readOnly && (
        <Text fz="xs" c="dimmed">
          {t('help.keys')}
        </Text>
      )}
      {!readOnly && !isSound && (
        <div>
          <Title order={3} mb={6}>
            {t('faults.title')}
          </Title>
          <ul className={classes.faults}>
            {faults.others.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
            {[...faults.steps].map(([key, texts]) => {
              const faulty = findStep(editor.body.steps, key);
              return (
                <li key={key}>
                  <UnstyledButton onClick={() => editor.select(key)}>{faulty ? nameOf(faulty) : key}</UnstyledButton>:{' '}
                  {texts.join(' ')}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {!readOnly && isSound && <Text fz="sm">{t('faults.none')}</Text>}
    </Stack>
  );
}
