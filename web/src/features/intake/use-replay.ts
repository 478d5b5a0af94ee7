import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import { useQuarantineDeeds, type QuarantineSelector, type ReplayReport } from './quarantine';

/** Replays and discards with their words: what came of it, and the question before what cannot be undone. */
export function useReplay(onDone: () => void) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const deeds = useQuarantineDeeds();
  const tell = (report: ReplayReport) => {
    showToast(
      t(report.still_refused > 0 ? 'quarantine.replayedPartly' : 'quarantine.replayed', {
        accepted: format.number(report.accepted),
        duplicates: format.number(report.duplicates),
        refused: format.number(report.still_refused),
      }),
    );
    if (report.still_refused < report.replayed) onDone();
  };
  const onError = showProblem;
  return {
    isPending: deeds.replay.isPending || deeds.replayMended.isPending || deeds.discard.isPending,
    replay: (selector: QuarantineSelector) => carryOut(deeds.replay, selector, { onSuccess: tell, onError }),
    replayMended: (id: number, call: unknown) =>
      carryOut(deeds.replayMended, { id, call }, { onSuccess: tell, onError }),
    askDiscard: (selector: QuarantineSelector, count: number) =>
      confirm({
        title: t('quarantine.discardTitle', { count, formatted: format.number(count) }),
        children: t('quarantine.discardDetail'),
        confirmLabel: t('quarantine.discardConfirm', { count, formatted: format.number(count) }),
        danger: true,
        onConfirm: () =>
          carryOut(deeds.discard, selector, {
            onSuccess: ({ discarded }) => {
              showToast(t('quarantine.discarded', { count: discarded, formatted: format.number(discarded) }));
              onDone();
            },
            onError,
          }),
      }),
  };
}
