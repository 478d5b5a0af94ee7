import { ActionIcon, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { WordsPair } from '../../../components/WordsPair';
import type { Step } from '../playbook';
import { CommunicationFields } from './CommunicationFields';
import { DeedFields } from './DeedFields';
import { BranchFields, WaitFields } from './FlowFields';
import { PlanFields } from './PlanFields';
import { SystemFields } from './SystemFields';
import type { Editor } from './use-editor';
import { Ways } from './Ways';
import classes from './Editor.module.css';

export interface FieldsProps {
  step: Step;
  /** `subject` names what is typed in. */
  change: (part: Partial<Step>, subject?: string) => void;
  readOnly: boolean;
}

interface StepFormProps {
  editor: Editor;
  step: Step;
  readOnly: boolean;
  faults: readonly string[];
}

/** Everything of one step: its name, what it does, and where it leads. */
export function StepForm({ editor, step, readOnly, faults }: StepFormProps) {
  const { t } = useTranslation('playbooks');
  const change = (part: Partial<Step>, subject?: string) => editor.changeStep(step.key, part, subject);
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap" gap={8}>
        <Title order={2}>{t(`kind.${step.kind}`)}</Title>
        {!readOnly && (
          <Group gap={4} wrap="nowrap">
            <Deed label={t('step.duplicate')} icon={IconCopy} onClick={() => editor.duplicate(step.key)} />
            <Deed label={t('step.remove')} icon={IconTrash} onClick={() => editor.remove(step.key)} />
          </Group>
        )}
      </Group>
      <Text fz="xs" c="dimmed">
        {t(`kindHelp.${step.kind}`)}
      </Text>
      {faults.length > 0 && (
        <ul className={classes.faults} aria-label={t('faults.title')}>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <WordsPair
        label={t('step.name')}
        required
        readOnly={readOnly}
        maxLength={120}
        value={step.name}
        onChange={(name) => change({ name }, 'name')}
      />
      <KindFields step={step} change={change} readOnly={readOnly} playbook={editor} />
      <Ways editor={editor} step={step} readOnly={readOnly} />
    </Stack>
  );
}

function KindFields({ playbook, ...props }: FieldsProps & { playbook: Editor }) {
  switch (props.step.kind) {
    case 'task':
    case 'approval':
    case 'open_call':
      return <DeedFields {...props} />;
    case 'email':
    case 'survey':
    case 'message':
      return <CommunicationFields {...props} />;
    case 'wait':
      return <WaitFields {...props} />;
    case 'branch':
      return <BranchFields {...props} editor={playbook} />;
    case 'plan':
      return <PlanFields {...props} />;
    case 'confirm_plan':
      return null;
    default:
      return <SystemFields {...props} />;
  }
}

interface DeedProps {
  label: string;
  icon: typeof IconCopy;
  onClick: () => void;
}

function Deed({ label, icon: Icon, onClick }: DeedProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} onClick={onClick}>
        <Icon size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
