import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLevelWord } from '../../../components/use-level-word';
import { levels } from '../../../lib/level';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { useFormat } from '../../../lib/viewer';
import { shownValue } from './shown-value';

/** Values of a history in the reader's words. */
export function useShownValue(): (value: unknown) => string {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const level = useLevelWord();
  const phase = useKnownWord();
  return useMemo(() => {
    const own: Record<string, string> = { yes: t('panel.yes'), no: t('panel.no') };
    const word = (text: string) =>
      own[text] ?? (levels.some((each) => each === text) ? level(text) : phase('phase', text));
    return (value) =>
      shownValue(value, {
        number: (number) => format.number(number, Number.isInteger(number) ? 0 : 1),
        money: format.money,
        dayShort: format.dayShort,
        word,
      });
  }, [t, format, level, phase]);
}
