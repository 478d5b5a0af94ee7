import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import {
  changeWin,
  type NewWin,
  recordWin,
  removeWin,
  sayThanks,
  setRules,
  type Win,
  type WinChange,
  type WinRules,
} from './requests';

/** Recording, changing and removing wins, saying thanks, and setting the rules. */
export function useWinDeeds() {
  const { t } = useTranslation('wins');
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ['wins'] });
  const recording = useMutation({ mutationFn: recordWin, onSettled });
  const changing = useMutation({
    mutationFn: ({ id, change }: { id: number; change: WinChange }) => changeWin(id, change),
    onSettled,
  });
  const removing = useMutation({ mutationFn: removeWin, onSettled });
  const thanking = useMutation({
    mutationFn: ({ id, says }: { id: number; says: boolean }) => sayThanks(id, says),
    onSettled,
  });
  const ruling = useMutation({ mutationFn: setRules, onSettled });
  const told = (message: string, onDone?: () => void) => ({
    onSuccess: () => {
      showToast(message);
      onDone?.();
    },
    onError: showProblem,
  });
  return {
    isBusy: recording.isPending || changing.isPending || ruling.isPending,
    record: (win: NewWin, onDone: () => void) => carryOut(recording, win, told(t('recorded'), onDone)),
    change: (win: Win, change: WinChange, onDone: () => void) =>
      carryOut(changing, { id: win.id, change }, told(t('changed'), onDone)),
    remove: (win: Win) => carryOut(removing, win.id, told(t('removed'))),
    thank: (win: Win, says: boolean) => carryOut(thanking, { id: win.id, says }, { onError: showProblem }),
    setRules: (rules: WinRules) => carryOut(ruling, rules, told(t('rules.saved'))),
  };
}
