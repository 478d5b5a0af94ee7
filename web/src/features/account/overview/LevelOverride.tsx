import { Button, Group, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../../components/confirm';
import { DateText } from '../../../components/DateText';
import { LevelBadge } from '../../../components/LevelBadge';
import { showProblem, showToast } from '../../../components/toast';
import { useAsOf } from '../../../lib/as-of';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useMayEdit } from '../../../lib/viewer';
import type { Health, LevelOverride as Override } from '../health-types';
import classes from '../Overview.module.css';
import { OverrideForm } from './OverrideForm';
import { useOverrideDeeds } from './override';

interface LevelOverrideProps {
  health: Health;
  accountId: string;
}

/** The level that a person set, next to what the machine thinks; or the way to set one. */
export function LevelOverride({ health, accountId }: LevelOverrideProps) {
  const { t } = useTranslation('account');
  const { isPast } = useAsOf();
  const mayEdit = useMayEdit() && !isPast;
  const [editing, setEditing] = useState(false);
  if (health.override === undefined || !health.scorecard) return null;
  return (
    <>
      {health.override ? (
        <InForce
          override={health.override}
          accountId={accountId}
          onEdit={mayEdit ? () => setEditing(true) : undefined}
        />
      ) : (
        mayEdit && (
          <Group>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconHandStop size={15} stroke={1.6} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('override.set')}
            </Button>
          </Group>
        )
      )}
      {editing && <OverrideForm health={health} accountId={accountId} onClose={() => setEditing(false)} />}
    </>
  );
}

interface InForceProps {
  override: Override;
  accountId: string;
  /** Absent where one may only look. */
  onEdit?: () => void;
}

function InForce({ override, accountId, onEdit }: InForceProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { set, lift } = useOverrideDeeds(accountId);
  const { level, reason, expires_on, author, since, machine_level, machine_score } = override;
  const putBack = () => carryOut(set, { level, reason, expires_on }, { onError: showProblem });
  const askLift = () =>
    confirm({
      title: t('override.liftTitle'),
      children: t('override.liftDetail'),
      confirmLabel: t('override.lift'),
      onConfirm: () =>
        carryOut(lift, undefined, {
          onSuccess: () => showToast(t('override.lifted'), putBack),
          onError: showProblem,
        }),
    });
  return (
    <section className={classes.override} aria-label={t('override.title')}>
      <dl className={classes.opinions}>
        <div>
          <dt>{t('override.byHand')}</dt>
          <dd>
            <LevelBadge level={level} />
          </dd>
        </div>
        <div>
          <dt>{t('override.byMachine')}</dt>
          <dd>
            <LevelBadge level={machine_level} />
            <span className="tabular">{format.number(machine_score, 0)}</span>
          </dd>
        </div>
      </dl>
      <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
        {reason}
      </Text>
      <Text fz="xs" c="dimmed" component="div">
        {author} · <DateText value={since} /> ·{' '}
        {expires_on === null ? (
          t('override.openEnd')
        ) : (
          <>
            {t('override.until')} <DateText value={expires_on} form="absolute" />
          </>
        )}
      </Text>
      {onEdit && (
        <Group gap={8}>
          <Button size="xs" variant="default" onClick={onEdit}>
            {t('override.change')}
          </Button>
          <Button size="xs" variant="default" loading={lift.isPending} onClick={askLift}>
            {t('override.lift')}
          </Button>
        </Group>
      )}
    </section>
  );
}
