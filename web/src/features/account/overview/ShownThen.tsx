import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LevelBadge } from '../../../components/LevelBadge';
import { useFormat } from '../../../lib/viewer';
import type { Health } from '../health-types';

/** On a page of the past: which version scored it, and what people saw at the time. */
export function ShownThen({ health }: { health: Health }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { release, shown } = health;
  return (
    <Text fz="sm" c="dimmed" component="div" role="note">
      {release && t('past.scoredBy', { release: release.release, day: format.day(release.day) })}{' '}
      {shown ? (
        <>
          {t('past.shown', { score: format.number(shown.score, 0), release: shown.release })}{' '}
          <LevelBadge level={shown.level} />
        </>
      ) : (
        t('past.notKept')
      )}
    </Text>
  );
}
