import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { TableFrame } from './TableFrame';
import type { AdherenceFigures, Proof } from './requests';

const counts = ['runs', 'tasks', 'done', 'on_time', 'late', 'overdue', 'skipped', 'open'] as const;

/** Whether the tasks were done: in all, by person, by team. */
export function AdherenceTable({ proof }: { proof: Proof }) {
  const { t } = useTranslation('proof');
  const format = useFormat();
  if (proof.adherence.tasks === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {t('adherence.none')}
      </Text>
    );
  }
  const share = (value: number | null) => (value === null ? '–' : format.percent(value, 0));
  const rows: { key: string; name: string; figures: AdherenceFigures }[] = [
    { key: 'all', name: t('adherence.all'), figures: proof.adherence },
    ...proof.by_team.map((team) => ({
      ...team,
      key: `team:${team.key}`,
      name: t('adherence.team', { name: team.name }),
    })),
    ...proof.by_person.map((person) => ({
      ...person,
      key: `person:${person.key}`,
      name: person.name || t('adherence.nobody'),
    })),
  ];
  const headers = [
    t('adherence.who'),
    ...counts.map((key) => t(`adherence.${key}`)),
    t('column.onTime'),
    t('column.skipped'),
  ];
  return (
    <TableFrame
      label={t('part.adherence')}
      note={t('adherence.note')}
      fileName={`adherence-${proof.key}-${proof.as_of}`}
      headers={headers}
      csv={rows.map(({ name, figures }) => [
        name,
        ...counts.map((key) => figures[key]),
        figures.on_time_share,
        figures.skipped_share,
      ])}
    >
      {rows.map(({ key, name, figures }) => (
        <tr key={key}>
          <td>{name}</td>
          {counts.map((each) => (
            <td key={each} data-right>
              {format.number(figures[each])}
            </td>
          ))}
          <td data-right>{share(figures.on_time_share)}</td>
          <td data-right>{share(figures.skipped_share)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

const stepCounts = ['reached', 'done', 'skipped', 'failed', 'mailed', 'not_mailed'] as const;

/** Every step: how many runs came to it, and what became of it. */
export function StepTable({ proof }: { proof: Proof }) {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const format = useFormat();
  return (
    <TableFrame
      label={t('part.steps')}
      fileName={`steps-done-${proof.key}-${proof.as_of}`}
      headers={[t('step.step'), ...stepCounts.map((key) => t(`step.${key}`)), t('step.median_days')]}
      csv={proof.steps.map((step) => [step.name[language], ...stepCounts.map((key) => step[key]), step.median_days])}
    >
      {proof.steps.map((step) => (
        <tr key={step.key}>
          <td>{step.name[language] || step.key}</td>
          {stepCounts.map((key) => (
            <td key={key} data-right>
              {format.number(step[key])}
            </td>
          ))}
          <td data-right>{step.median_days === null ? '–' : format.number(step.median_days, 1)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
