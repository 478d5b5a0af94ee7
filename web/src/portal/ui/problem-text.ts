import type { TFunction } from 'i18next';
import { isProblem } from '../../api/problem';

/** Why something did not work, in words of the reader. The server's own sentences are for what they can mend. */
export function problemText(t: TFunction<'texts'>, error: unknown): string {
  if (isProblem(error, 0)) return t('problem.offline');
  if (isProblem(error, 404)) return t('problem.gone');
  if (isProblem(error, 429)) return t('problem.tooOften');
  if (isProblem(error) && error.status < 500) {
    const [field] = Object.values(error.fieldErrors);
    return field ?? error.details.detail ?? t('problem.ours');
  }
  return t('problem.ours');
}
