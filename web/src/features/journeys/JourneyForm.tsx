import { ActionIcon, Button, NumberInput, Stack, Text, Textarea, Title, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import { ConditionInput } from '../../components/rules/ConditionInput';
import { WordsPair } from '../../components/WordsPair';
import { useFormat, useLanguage } from '../../lib/viewer';
import { addStage, changeStage, holding, isComplete, moveStage, removeStage } from './edit';
import classes from './Journeys.module.css';
import { previewQuery, type JourneyPreview } from './requests';
import { StageForm } from './StageForm';
import type { JourneyBody } from './types';

const typing_ms = 600;

interface JourneyFormProps {
  body: JourneyBody;
  onChange: (body: JourneyBody) => void;
  readOnly?: boolean;
}

/** The map, stage after stage on the left with where the book would stand, and the chosen stage beside it. */
export function JourneyForm({ body, onChange, readOnly = false }: JourneyFormProps) {
  const { t } = useTranslation('journeys');
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, body.stages.length - 1);
  const stage = body.stages[index];
  const preview = usePreview(body);
  return (
    <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Stack gap="lg">
        <General body={body} onChange={onChange} readOnly={readOnly} />
        <div className={classes.editor}>
          <div>
            <Title order={2} mb={8}>
              {t('form.stages')}
            </Title>
            <StageList body={body} index={index} preview={preview} onChoose={setChosen} onChange={onChange} />
            <Button
              mt={8}
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => {
                onChange(addStage(body, index));
                setChosen(index + 1);
              }}
            >
              {t('form.addStage')}
            </Button>
          </div>
          {stage && (
            <StageForm
              key={stage.key}
              body={body}
              index={index}
              preview={preview}
              onChange={onChange}
              onChangeStage={(change) => onChange(changeStage(body, index, change))}
            />
          )}
        </div>
      </Stack>
    </fieldset>
  );
}

/** Where the draft would put the book, a moment after the last keystroke. */
function usePreview(body: JourneyBody): JourneyPreview | undefined {
  const [settled] = useDebouncedValue(body, typing_ms);
  return useQuery({ ...previewQuery(settled), enabled: isComplete(settled) }).data;
}

function General({ body, onChange, readOnly }: Required<JourneyFormProps>) {
  const { t } = useTranslation('journeys');
  const fields = useBookFilterFields();
  return (
    <Stack gap="md">
      <WordsPair
        label={t('form.name')}
        required
        value={body.name}
        readOnly={readOnly}
        onChange={(name) => onChange({ ...body, name })}
      />
      <Textarea
        label={t('form.description')}
        autosize
        minRows={1}
        maxLength={600}
        value={body.description}
        onChange={(event) => onChange({ ...body, description: event.currentTarget.value })}
      />
      <ConditionInput
        label={t('form.whose')}
        description={t('form.whoseHelp')}
        fields={fields}
        value={holding(body.condition)}
        readOnly={readOnly}
        onChange={(condition) => onChange({ ...body, condition: condition ?? undefined })}
      />
      <NumberInput
        label={t('form.rank')}
        description={t('form.rankHelp')}
        maw={220}
        min={0}
        max={10000}
        value={body.rank}
        onChange={(rank) => onChange({ ...body, rank: Number(rank) || 0 })}
      />
    </Stack>
  );
}

interface StageListProps {
  body: JourneyBody;
  index: number;
  preview: JourneyPreview | undefined;
  onChoose: (index: number) => void;
  onChange: (body: JourneyBody) => void;
}

function StageList({ body, index, preview, onChoose, onChange }: StageListProps) {
  const { t } = useTranslation('journeys');
  const language = useLanguage();
  const format = useFormat();
  const accountsIn = (key: string) => preview?.stages.find(({ stage }) => stage === key)?.accounts;
  const move = (at: number, step: 1 | -1) => {
    onChange(moveStage(body, at, step));
    onChoose(Math.max(0, Math.min(body.stages.length - 1, at + step)));
  };
  return (
    <ol className={classes.stageList}>
      {body.stages.map((stage, at) => (
        <li key={stage.key} className={classes.stageLine}>
          <button
            type="button"
            className={classes.stageButton}
            aria-pressed={at === index}
            onClick={() => onChoose(at)}
          >
            <span className={classes.stageName}>
              <span className={classes.number}>{at + 1}</span> {stage.name[language] || t('form.unnamed')}
            </span>
            {accountsIn(stage.key) !== undefined && (
              <Text span fz="xs" c="dimmed">
                {t('form.wouldBe', { formatted: format.number(accountsIn(stage.key) ?? 0) })}
              </Text>
            )}
          </button>
          {at === index && (
            <Stack gap={2} justify="center">
              <StageAction label={t('form.moveUp')} disabled={at === 0} onClick={() => move(at, -1)}>
                <IconArrowUp size={14} />
              </StageAction>
              <StageAction
                label={t('form.moveDown')}
                disabled={at === body.stages.length - 1}
                onClick={() => move(at, 1)}
              >
                <IconArrowDown size={14} />
              </StageAction>
              <StageAction
                label={t('form.removeStage')}
                disabled={body.stages.length === 1}
                onClick={() => onChange(removeStage(body, at))}
              >
                <IconTrash size={14} />
              </StageAction>
            </Stack>
          )}
        </li>
      ))}
    </ol>
  );
}

interface StageActionProps {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function StageAction({ label, disabled, onClick, children }: StageActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
