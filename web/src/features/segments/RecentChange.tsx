import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import type { Segment } from './segments';

/** "+3 −1": who came and who went in the last seven days. */
export function RecentChange({ segment }: { segment: Pick<Segment, 'entered_7d' | 'left_7d' | 'version'> }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const { entered_7d: entered, left_7d: left, version } = segment;
  if (version === 0) return <>–</>;
  const words = t('changeWords', { entered: format.number(entered), left: format.number(left) });
  return (
    <span title={words} aria-label={words} role="img">
      {entered === 0 && left === 0 ? '±0' : `+${format.number(entered)} / −${format.number(left)}`}
    </span>
  );
}
