import { useTranslation } from 'react-i18next';
import type { Definition } from '../../api/definitions';
import { DraftBar } from '../../components/definitions/DraftBar';
import { useFreshMeasures, usePublishTogether } from './publish-together';

interface ScoreDraftBarProps {
  definition: Definition<unknown>;
  isChanged?: boolean;
  onDiscarded?: () => void;
}

/** The draft of a measure or a scorecard: publishing it changes scores, and takes measures along that only it uses. */
export function ScoreDraftBar({ definition, isChanged, onDiscarded }: ScoreDraftBarProps) {
  const { t } = useTranslation('settings');
  const fresh = useFreshMeasures(definition);
  const publish = usePublishTogether(definition, fresh);
  return (
    <DraftBar
      definition={definition}
      isChanged={isChanged}
      onDiscarded={onDiscarded}
      words={{ waits: t('draft.waits'), published: t('draft.published') }}
      together={fresh.length > 0 ? { note: t('draft.together', { count: fresh.length }), publish } : undefined}
    />
  );
}
