import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/viewer';
import classes from '../Tables.module.css';
import { tenths } from '../tenths';

const fullScore = 100;
/** Below these there is no room for the figure, or for the name beside it. */
const roomForFigure_points = 4;
const roomForName_points = 12;

interface Part {
  key: string;
  name: string;
  contribution: number;
}

/** One bar from 0 to 100: every part's contribution end to end, so that its length is the score. */
export function ContributionBar({ score, parts }: { score: number | null; parts: readonly Part[] }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const described = parts.map(({ name, contribution }) => `${name} ${format.number(contribution, 1)}`);
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={t('score.bar', { score: format.number(score), parts: described.join(t('header.comma')) })}
    >
      <div className={classes.barTrack}>
        {parts.map(({ key, name, contribution }, index) => (
          <span
            key={key}
            className={classes.segment}
            data-shade={index % 6}
            style={{ width: `${Math.max(0, (contribution / fullScore) * 100)}%` }}
            title={described[index]}
          >
            {contribution >= roomForFigure_points && (
              <span>
                <b>{tenths(format.number(contribution, 1))}</b>
                {contribution >= roomForName_points && ` ${name}`}
              </span>
            )}
          </span>
        ))}
      </div>
      <div className={classes.barScale} aria-hidden>
        {[0, 25, 50, 75, 100].map((mark) => (
          <span key={mark} style={{ left: `${mark}%` }}>
            {mark}
          </span>
        ))}
      </div>
    </div>
  );
}
