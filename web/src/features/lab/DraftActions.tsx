import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useSaveDraft } from './lab';
import type { ScorecardBody, ScorecardDefinition } from './types';

interface DraftActionsProps {
  definition: ScorecardDefinition;
  body: ScorecardBody;
  use: 'published' | 'draft';
  isTuned: boolean;
  onReset: () => void;
  /** Undefined while it is not known what the weights should foresee. */
  onSuggest: (() => void) | undefined;
  onSaved: () => void;
}

/** From an idea to a draft to the page that publishes it. */
export function DraftActions({ definition, body, use, isTuned, onReset, onSuggest, onSaved }: DraftActionsProps) {
  const { t } = useTranslation('lab');
  const saveDraft = useSaveDraft(definition.key);
  const save = () =>
    carryOut(saveDraft, body, {
      onSuccess: () => {
        showToast(t('draft.saved'));
        onSaved();
      },
      onError: showProblem,
    });
  // What somebody else drafted must not vanish unseen because the sliders started from the published one.
  const replacesDraft = use === 'published' && definition.draft;
  const askAndSave = () =>
    replacesDraft
      ? confirm({
          title: t('draft.replaceTitle'),
          children: t('draft.replaceDetail'),
          confirmLabel: t('draft.replace'),
          onConfirm: save,
        })
      : save();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconSparkles size={16} stroke={1.6} />}
        disabled={!onSuggest}
        onClick={onSuggest}
      >
        {t('suggest.button')}
      </Button>
      {isTuned && (
        <>
          <Button variant="default" onClick={onReset}>
            {t('draft.reset')}
          </Button>
          <Button onClick={askAndSave} loading={saveDraft.isPending}>
            {t('draft.save')}
          </Button>
        </>
      )}
      {!isTuned && use === 'draft' && (
        <Button component={Link} to={`/settings/scorecards/${definition.key}`}>
          {t('draft.toPublish')}
        </Button>
      )}
    </>
  );
}
