import { useTranslation } from 'react-i18next';
import { problemText } from './problem-text';
import { tell } from './told';

/** Says in a short word why something could not be done. */
export function useTellProblem(): (error: unknown) => void {
  const { t } = useTranslation('texts');
  return (error) => tell(problemText(t, error));
}
