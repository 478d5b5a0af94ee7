import { Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconCornerDownRight, IconFlag, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/viewer';
import { wayId, type Decoration } from '../graph/decoration';
import type { GraphProps } from '../graph/Graph';
import { startId } from '../graph/layout';
import { outlineOf, type OutlineRow, type OutlineWay } from '../graph/outline';
import { startPlace } from '../graph/edit';
import { kindIcons } from '../kinds';
import type { Step } from '../playbook';
import { usePortWords, useStepName, useStepSummary } from '../use-step-words';
import { AddStep } from './AddStep';
import classes from './Editor.module.css';

type OutlineProps = Pick<
  GraphProps,
  'steps' | 'label' | 'startWords' | 'selected' | 'onSelect' | 'decoration' | 'editing'
>;

/** The same playbook as a list: for phones, for screen readers, and for those who like lists. */
export function Outline(props: OutlineProps) {
  const { steps, label, startWords, selected, onSelect, editing } = props;
  const { t } = useTranslation('playbooks');
  const outline = useMemo(() => outlineOf(steps), [steps]);
  return (
    <div className={classes.outline} role="group" aria-label={label}>
      <UnstyledButton
        className={classes.row}
        data-selected={selected === startId || undefined}
        onClick={() => onSelect?.(startId)}
      >
        <IconPlayerPlay size={16} stroke={1.7} aria-hidden />
        <span className={classes.rowWords}>
          <b>{t('graph.start')}</b>
          <small>{startWords}</small>
        </span>
      </UnstyledButton>
      {editing && (
        <div className={classes.addHere}>
          <AddStep onAdd={(kind) => editing.onInsert(startPlace, kind)} />
        </div>
      )}
      <Rows rows={outline.rows} {...props} />
      {outline.loose.length > 0 && (
        <section className={classes.loose}>
          <Text fz="sm" c="dimmed" mb={4}>
            {t('outline.loose')}
          </Text>
          <ol className={classes.rows}>
            {outline.loose.map((step) => (
              <li key={step.key}>
                <StepRow step={step} number={undefined} {...props} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Rows({ rows, ...props }: OutlineProps & { rows: readonly OutlineRow[] }) {
  return (
    <ol className={classes.rows}>
      {rows.map((row, index) => (
        <li key={row.type === 'step' ? row.step.key : `${row.type} ${index}`}>
          <Row row={row} {...props} />
        </li>
      ))}
    </ol>
  );
}

function Row({ row, ...props }: OutlineProps & { row: OutlineRow }) {
  const { t } = useTranslation('playbooks');
  const nameOf = useStepName();
  const { onSelect, editing } = props;
  if (row.type === 'end')
    return (
      <div className={classes.reference}>
        <IconFlag size={14} stroke={1.6} aria-hidden /> {t('graph.end')}
      </div>
    );
  if (row.type === 'reference')
    return (
      <UnstyledButton className={classes.reference} onClick={() => onSelect?.(row.step.key)}>
        <IconCornerDownRight size={14} stroke={1.6} aria-hidden />
        {t('outline.goesTo', { number: row.number, name: nameOf(row.step) })}
      </UnstyledButton>
    );
  const goesOn = row.step.kind !== 'branch' && row.step.kind !== 'end';
  return (
    <>
      <StepRow step={row.step} number={row.number} {...props} />
      {row.ways.length > 0 && (
        <ul className={classes.ways}>
          {row.ways.map((way) => (
            <Way key={way.port} way={way} step={row.step} {...props} />
          ))}
        </ul>
      )}
      {editing && goesOn && (
        <div className={classes.addHere}>
          <AddStep
            after={nameOf(row.step)}
            onAdd={(kind) => editing.onInsert({ from: row.step.key, port: 'next' }, kind)}
          />
        </div>
      )}
    </>
  );
}

function Way({ way, step, ...props }: OutlineProps & { way: OutlineWay; step: Step }) {
  const words = usePortWords();
  const format = useFormat();
  const { editing, decoration } = props;
  const text = words(step, way.port, way.label);
  const flow = decoration?.flows?.get(wayId(step.key, way.port));
  return (
    <li>
      <div className={classes.wayHead}>
        <span>
          {text}
          {flow !== undefined && ` · ${format.number(flow)}`}
        </span>
        {editing && <AddStep after={text} onAdd={(kind) => editing.onInsert(way.place, kind)} />}
      </div>
      <Rows rows={way.rows} {...props} />
    </li>
  );
}

interface StepRowProps extends Pick<OutlineProps, 'selected' | 'onSelect' | 'decoration'> {
  step: Step;
  number: number | undefined;
}

function StepRow({ step, number, selected, onSelect, decoration }: StepRowProps) {
  const { t } = useTranslation('playbooks');
  const nameOf = useStepName();
  const summaryOf = useStepSummary();
  const Icon = kindIcons[step.kind];
  const isQuiet = decoration?.lit !== undefined && !decoration.lit.has(step.key);
  return (
    <UnstyledButton
      className={classes.row}
      data-selected={selected === step.key || undefined}
      data-quiet={isQuiet || undefined}
      data-change={decoration?.changes?.get(step.key)}
      onClick={() => onSelect?.(step.key)}
    >
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={classes.rowWords}>
        <b>
          {number !== undefined && `${number}. `}
          {nameOf(step)}
        </b>
        <small>
          {t(`kind.${step.kind}`)} · {summaryOf(step)}
        </small>
      </span>
      <RowMarks step={step} decoration={decoration} />
    </UnstyledButton>
  );
}

function RowMarks({ step, decoration }: { step: Step; decoration: Decoration | undefined }) {
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const faults = decoration?.faults?.get(step.key) ?? [];
  const count = decoration?.counts?.get(step.key);
  const change = decoration?.changes?.get(step.key);
  return (
    <span className={classes.rowMarks}>
      {change && t(`change.${change}`)}
      {decoration?.at === step.key && <b>{t('graph.here')}</b>}
      {count !== undefined && count > 0 && t('graph.count', { formatted: format.number(count) })}
      {faults.length > 0 && (
        <span className={classes.fault} title={faults.join(' ')}>
          <IconAlertCircle size={15} aria-hidden />
          <span className="visually-hidden">{faults.join(' ')}</span>
        </span>
      )}
    </span>
  );
}
