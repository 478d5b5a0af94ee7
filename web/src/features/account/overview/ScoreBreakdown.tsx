import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../../components/InfoTip';
import { LevelBadge } from '../../../components/LevelBadge';
import { useFormat, useLanguage } from '../../../lib/viewer';
import overviewClasses from '../Overview.module.css';
import classes from '../Tables.module.css';
import { allGroups, type Health, type HealthGroup } from '../health-types';
import { tenths } from '../tenths';
import { ChildRows } from './ChildRows';
import { ContributionBar } from './ContributionBar';
import { MeasureRow } from './MeasureRow';

/** How far a group within a group stands in. */
const indent_px = 16;

/** The parts of the score, down to every measure. The contributions add up to the score. */
export function ScoreBreakdown({ health }: { health: Health }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const rollUp = health.roll_up;
  const fromChildren = rollUp && {
    key: 'children',
    name: t('score.children'),
    contribution: rollUp.from_children,
  };
  const barParts = [
    ...health.groups.map(({ key, name, contribution }) => ({ key, name: name[language], contribution })),
    ...(fromChildren ? [fromChildren] : []),
  ];
  return (
    <>
      {health.sentences.length > 0 && (
        <ul className={overviewClasses.sentences}>
          {health.sentences.slice(0, 3).map((sentence) => (
            <li key={sentence.en}>{sentence[language]}</li>
          ))}
        </ul>
      )}
      <ContributionBar score={health.score} parts={barParts} />
      <table className={classes.breakdown} aria-label={t('score.table')}>
        <thead>
          <tr>
            <th scope="col">{t('score.measure')}</th>
            <th scope="col" data-align="right">
              {t('score.value')}
            </th>
            <th scope="col" data-align="right">
              {t('score.points')}
            </th>
            <th scope="col" data-align="right">
              <span className={classes.headingWithTip}>
                {t('score.weight')}
                <InfoTip about={t('score.weight')}>{t('score.weightHelp')}</InfoTip>
              </span>
            </th>
            <th scope="col" data-align="right">
              {t('score.contribution')}
            </th>
            <th scope="col">{t('score.freshness')}</th>
          </tr>
        </thead>
        {health.groups.map((group, index) => (
          <tbody key={group.key}>
            <GroupRows group={group} shade={index % 6} depth={0} />
          </tbody>
        ))}
        {rollUp && <ChildRows rollUp={rollUp} shade={health.groups.length % 6} />}
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {t('score.sum')}
            </th>
            <td data-align="right">{tenths(format.number(health.score, 1))}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      {rollUp && rollUp.own_score !== null && (
        <Text fz="sm" mt={8} component="div">
          {t('score.ownScore', { score: format.number(rollUp.own_score, 1) })}{' '}
          {rollUp.own_level && <LevelBadge level={rollUp.own_level} />}
        </Text>
      )}
      {health.scorecard && (
        <Text fz="xs" c="dimmed" mt={8}>
          {t('score.scorecard', { name: health.scorecard.name[language], version: health.scorecard.version })}
        </Text>
      )}
    </>
  );
}

/** A group, its measures, and the groups within it, each a step further in. */
function GroupRows({ group, shade, depth }: { group: HealthGroup; shade: number; depth: number }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const indent = { paddingLeft: depth * indent_px };
  return (
    <>
      <tr className={classes.groupRow}>
        <th scope="rowgroup">
          <span style={indent}>
            {depth === 0 && <span className={classes.swatch} data-shade={shade} aria-hidden />}
            {group.name[language]}
          </span>
        </th>
        <td data-label={t('score.value')} />
        <td data-align="right" data-label={t('score.points')}>
          {format.number(group.score)}
        </td>
        <td data-align="right" data-label={t('score.weight')}>
          {format.percent(shareOf(group), 0)}
        </td>
        <td data-align="right" data-label={t('score.contribution')}>
          {group.score === null ? '–' : tenths(format.number(group.contribution, 1))}
        </td>
        <td />
      </tr>
      {group.measures.map((measure) => (
        <MeasureRow key={measure.key} measure={measure} shade={shade} indent_px={depth * indent_px} />
      ))}
      {group.groups?.map((inner) => (
        <GroupRows key={inner.key} group={inner} shade={shade} depth={depth + 1} />
      ))}
    </>
  );
}

/** What a group is worth of the whole score, with all that lies in it. */
function shareOf(group: HealthGroup): number {
  return allGroups([group])
    .flatMap(({ measures }) => measures)
    .reduce((sum, { effective_weight }) => sum + effective_weight, 0);
}
