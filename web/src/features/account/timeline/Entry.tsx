import { ActionIcon, Menu, Text } from '@mantine/core';
import {
  IconArrowsExchange,
  IconCertificate,
  IconDots,
  IconFileText,
  IconHandStop,
  IconHistory,
  IconLifebuoy,
  IconMail,
  IconMessageStar,
  IconNote,
  IconPhone,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../../components/toast';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { useFormat, useViewer } from '../../../lib/viewer';
import { dayOf } from '../../../lib/format/date';
import classes from '../Timeline.module.css';
import { isInteraction, unsavedId, useInteractions } from '../interactions';
import { FieldChanges } from '../records/FieldChanges';
import type { TimelineEntry } from '../types';
import { Composer } from './Composer';

const icons = {
  meeting: IconUsers,
  call: IconPhone,
  mail: IconMail,
  note: IconNote,
  ticket: IconLifebuoy,
  survey: IconMessageStar,
  attendance: IconCertificate,
  contract: IconFileText,
  level: IconHandStop,
  phase: IconArrowsExchange,
  change: IconHistory,
} as const;

interface EntryProps {
  entry: TimelineEntry;
  accountId: string;
  canEdit: boolean;
}

/** One thing that happened. Interactions can be changed and taken away where they stand. */
export function Entry({ entry, accountId, canEdit }: EntryProps) {
  const { t } = useTranslation('account');
  const [editing, setEditing] = useState(false);
  const Icon = icons[entry.kind] ?? IconNote;
  if (editing && isInteraction(entry.kind))
    return (
      <li className={classes.entry}>
        <span className={classes.entryIcon} data-kind={entry.kind}>
          <Icon size={15} stroke={1.7} aria-hidden />
        </span>
        <Composer accountId={accountId} kind={entry.kind} entry={entry} onDone={() => setEditing(false)} />
      </li>
    );
  const { participants = [], changes = [] } = entry.detail;
  return (
    <li className={classes.entry} data-unsaved={entry.id === unsavedId || undefined}>
      <span className={classes.entryIcon} data-kind={entry.kind} title={t(`kind.${entry.kind}`)}>
        <Icon size={15} stroke={1.7} aria-hidden />
      </span>
      <div className={classes.entryBody}>
        <div className={classes.entryHead}>
          <h3>
            <span className="visually-hidden">{t(`kind.${entry.kind}`)}: </span>
            <EntryTitle entry={entry} />
          </h3>
          {canEdit && isInteraction(entry.kind) && entry.id !== unsavedId && (
            <EntryMenu entry={entry} accountId={accountId} onEdit={() => setEditing(true)} />
          )}
        </div>
        <Text fz="xs" c="dimmed" component="div">
          <EntryTime entry={entry} />
          {entry.who && ` · ${entry.who}`}
          {participants.length > 0 && ` · ${t('timeline.with', { people: participants.join(t('header.comma')) })}`}
        </Text>
        {entry.body && entry.body !== entry.title && <p className={classes.entryText}>{entry.body}</p>}
        {changes.length > 0 && <FieldChanges changes={changes} subject={{ id: accountId, asOf: undefined }} />}
      </div>
    </li>
  );
}

/** The server's title; a change of phase in the words that this page uses for phases. */
function EntryTitle({ entry }: { entry: TimelineEntry }) {
  const word = useKnownWord();
  if (entry.kind !== 'phase') return entry.title;
  const phases = /^(.*?: )(.+) → (.+)$/.exec(entry.title);
  return phases ? `${phases[1]}${word('phase', phases[2])} → ${word('phase', phases[3])}` : entry.title;
}

function EntryTime({ entry }: { entry: TimelineEntry }) {
  const format = useFormat();
  const { timeZone } = useViewer();
  const day = dayOf(entry.at, timeZone);
  return (
    <time dateTime={entry.whole_day ? day : entry.at} title={format.relativeDay(day)}>
      {entry.whole_day ? format.day(day) : format.instant(entry.at)}
    </time>
  );
}

function EntryMenu({ entry, accountId, onEdit }: { entry: TimelineEntry; accountId: string; onEdit: () => void }) {
  const { t } = useTranslation('account');
  const { name } = useViewer();
  const { add, remove } = useInteractions(accountId, name);
  const takeAway = () => {
    const { kind } = entry;
    if (!isInteraction(kind)) return;
    const restore = {
      kind,
      occurred_at: entry.at,
      subject: entry.title,
      body: entry.body ?? '',
      contact_ids: entry.detail.contact_ids ?? [],
    };
    // Promises rather than callbacks: the entry is off the page before the server has answered.
    remove
      .mutateAsync(entry.id)
      .then(() => showToast(t('timeline.removed'), () => add.mutateAsync(restore).catch(showProblem)))
      .catch(showProblem);
  };
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={t('timeline.actions', { title: entry.title })}>
          <IconDots size={15} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('timeline.change')}</Menu.Item>
        <Menu.Item onClick={takeAway}>{t('timeline.remove')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
