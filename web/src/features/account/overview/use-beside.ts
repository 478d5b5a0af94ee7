import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Day } from '../../../lib/format/date';
import { useFormat } from '../../../lib/viewer';
import type { HealthHistory } from '../health-types';
import { historyUnderQuery, shownScoresQuery, type Period, type Subject } from '../requests';
import { historyLine, shownLine, type Beside, type Line } from './beside';

/** A second line of the history: its name on the line, and what it is in a sentence. */
export interface BesideLine {
  name: string;
  sentence: string;
  line: Line;
  isStepped: boolean;
}

/** Nothing while it is fetched, or where nothing was chosen. */
export function useBeside(
  subject: Subject,
  span: Period,
  beside: Beside | undefined,
  history: HealthHistory | undefined,
): { beside: BesideLine | undefined; error: Error | null } {
  const { t } = useTranslation('account');
  const format = useFormat();
  const release = beside?.kind === 'release' ? beside.release : 0;
  const under = useQuery({ ...historyUnderQuery(subject, span, release), enabled: release > 0 });
  const shown = useQuery({ ...shownScoresQuery(subject, span), enabled: beside?.kind === 'shown' });
  const axis: readonly Day[] | undefined = history?.days;
  const publications = history?.publications;
  const result = useMemo((): BesideLine | undefined => {
    if (!axis || !beside) return undefined;
    if (beside.kind === 'shown') {
      const first = shown.data?.[0];
      return (
        shown.data && {
          name: t('versions.shown'),
          sentence: first ? t('versions.shownSince', { day: format.day(first.day) }) : t('versions.shownNever'),
          line: shownLine(shown.data, axis),
          isStepped: true,
        }
      );
    }
    const published = publications?.find((each) => each.release === beside.release);
    return (
      under.data && {
        name: t('versions.version', { release: beside.release }),
        sentence: [
          published && t('versions.published', { day: format.day(published.day), name: published.author }),
          under.data.source === 'kept'
            ? t('versions.kept', { at: format.instant(under.data.evaluated_at) })
            : t('versions.computed'),
        ]
          .filter(Boolean)
          .join(' '),
        line: historyLine(under.data, axis),
        isStepped: false,
      }
    );
  }, [axis, beside, publications, shown.data, under.data, format, t]);
  return { beside: result, error: beside?.kind === 'shown' ? shown.error : release > 0 ? under.error : null };
}
