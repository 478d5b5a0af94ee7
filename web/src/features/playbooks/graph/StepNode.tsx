import { Tooltip } from '@mantine/core';
import { IconAlertCircle, IconFlag, IconPlayerPlay } from '@tabler/icons-react';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/viewer';
import { kindIcons } from '../kinds';
import type { Step } from '../playbook';
import { usePortWords, useStepName, useStepSummary } from '../use-step-words';
import type { Change } from './compare';
import classes from './Graph.module.css';
import { portsOf, type PortName } from './ports';

export interface StepNodeData extends Record<string, unknown> {
  step: Step | undefined;
  /** The ways out from left to right. */
  ports: readonly PortName[];
  startWords: string;
  isSelected: boolean;
  isEditing: boolean;
  /** A run stands here. */
  isAt: boolean;
  isQuiet: boolean;
  faults: readonly string[];
  count: number | undefined;
  failed: number | undefined;
  change: Change | undefined;
}

function read(data: NodeProps['data']): StepNodeData {
  return data as StepNodeData;
}

export function StepNode({ data }: NodeProps) {
  const { step, ports, isSelected, isAt, isQuiet, faults, count, failed, change } = read(data);
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const nameOf = useStepName();
  const summaryOf = useStepSummary();
  if (!step) return null;
  const Icon = kindIcons[step.kind];
  return (
    <div
      className={classes.step}
      data-selected={isSelected || undefined}
      data-at={isAt || undefined}
      data-quiet={isQuiet || undefined}
      data-fault={faults.length > 0 || undefined}
      data-change={change}
    >
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectableStart={false} />
      <span className={classes.icon} title={t(`kind.${step.kind}`)}>
        <Icon size={18} stroke={1.6} aria-hidden />
        <span className="visually-hidden">{t(`kind.${step.kind}`)}</span>
      </span>
      <span className={classes.words}>
        <b title={nameOf(step)}>{nameOf(step)}</b>
        <small title={summaryOf(step)}>{summaryOf(step)}</small>
      </span>
      <span className={classes.marks}>
        {change && <i className={classes.change}>{t(`change.${change}`)}</i>}
        {isAt && <i className={classes.here}>{t('graph.here')}</i>}
        {count !== undefined && count > 0 && (
          <i className={classes.count} title={t('graph.count', { formatted: format.number(count) })}>
            {format.number(count)}
          </i>
        )}
        {failed !== undefined && failed > 0 && (
          <i className={classes.failed} title={t('graph.failed', { formatted: format.number(failed) })}>
            <IconAlertCircle size={13} aria-hidden />
            {format.number(failed)}
          </i>
        )}
        {faults.length > 0 && (
          <Tooltip label={faults.join(' ')}>
            <i className={classes.failed}>
              <IconAlertCircle size={15} aria-hidden />
              <span className="visually-hidden">{faults.join(' ')}</span>
            </i>
          </Tooltip>
        )}
      </span>
      <Ports step={step} order={ports} />
    </div>
  );
}

/** One small dot for each way out, side by side. */
function Ports({ step, order }: { step: Step; order: readonly PortName[] }) {
  const words = usePortWords();
  const ports = portsOf(step).toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return ports.map(({ name, label, isFallback }, index) => (
    <Handle
      key={name}
      id={name}
      type="source"
      position={Position.Bottom}
      className={classes.handle}
      data-fallback={isFallback || undefined}
      isConnectableEnd={false}
      title={words(step, name, label)}
      style={{ left: `${((index + 1) / (ports.length + 1)) * 100}%` }}
    />
  ));
}

export function StartNode({ data }: NodeProps) {
  const { isSelected, startWords } = read(data);
  return (
    <div className={classes.point} data-selected={isSelected || undefined} data-start title={startWords}>
      <IconPlayerPlay size={14} stroke={1.8} aria-hidden />
      <span className={classes.startWords}>
        <StartWord />
        <small>{startWords}</small>
      </span>
      <Handle id="next" type="source" position={Position.Bottom} className={classes.handle} isConnectableEnd={false} />
    </div>
  );
}

function StartWord() {
  const { t } = useTranslation('playbooks');
  return <b>{t('graph.start')}</b>;
}

export function EndNode() {
  const { t } = useTranslation('playbooks');
  return (
    <div className={classes.point}>
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectableStart={false} />
      <IconFlag size={14} stroke={1.6} aria-hidden />
      <span>{t('graph.end')}</span>
    </div>
  );
}
