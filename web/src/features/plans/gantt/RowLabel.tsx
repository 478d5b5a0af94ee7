import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconDiamonds } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../api/plans';
import { usePanel } from '../../../lib/use-panel';
import { useLanguage } from '../../../lib/viewer';
import { InternalMark } from '../actions/ActionTable';
import type { Row } from '../edit';
import { useEditing } from '../editing';
import { panelAddress } from '../panel-address';
import { useOwnerText } from '../use-owner-text';
import { useTick } from '../use-tick';
import classes from './Timeline.module.css';

/** What stands left of the bars: the name, by whom, and the tick. */
export function RowLabel({ row }: { row: Row }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { plan, mayEdit } = useEditing();
  const panel = usePanel();
  const owner = useOwnerText();
  const tick = useTick();
  if (row.kind === 'goal' && !row.goal) return <div className={classes.label}>{t('noGoal')}</div>;
  const item = row.kind === 'goal' ? row.goal! : row.kind === 'action' ? row.action : row.milestone;
  const name = wordsIn(item.name, language);
  return (
    <div className={classes.label}>
      {plan && row.kind !== 'goal' && (
        <Checkbox
          size="xs"
          aria-label={t('tick', { name })}
          disabled={!mayEdit}
          checked={'done_on' in item && item.done_on !== null}
          onChange={(event) => tick(row.kind, item.key, event.currentTarget.checked)}
        />
      )}
      {row.kind === 'milestone' && <IconDiamonds size={13} aria-hidden style={{ flex: 'none' }} />}
      <UnstyledButton
        className={classes.name}
        title={row.kind === 'action' ? `${name} · ${owner(row.action.owner)}` : name}
        onClick={() => panel.open(panelAddress({ kind: row.kind, key: item.key }))}
      >
        {name}
      </UnstyledButton>
      {row.kind === 'action' && row.action.internal && <InternalMark />}
    </div>
  );
}
