import { ActionIcon, Button, Group, Indicator, Popover, Skeleton, Text, Title, UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { noticesQuery, type Notice, type NoticeList } from '../../api/work';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { showProblem } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLive } from '../../lib/live/use-live';
import { useLanguage } from '../../lib/viewer';
import classes from './Notices.module.css';

/** Where there is no stream, and for what it does not tell. */
const every_ms = 60_000;

/** What others did that concerns the viewer: a bell with the count of what was not read yet. */
export function Notices() {
  const { t } = useTranslation('app');
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const notices = useQuery({ ...noticesQuery, refetchInterval: every_ms });
  const readAgain = () => void client.invalidateQueries({ queryKey: noticesQuery.queryKey });
  useLive({ work: readAgain, onGap: readAgain });
  const unread = notices.data?.unread ?? 0;
  const label = unread > 0 ? t('notices.unread', { count: unread }) : t('notices.title');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} trapFocus withinPortal>
      <Indicator label={unread > 99 ? '99+' : unread} size={16} disabled={unread === 0} offset={5} zIndex={4}>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={label}
            title={label}
            onClick={() => setOpened((now) => !now)}
          >
            <IconBell size={18} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t('notices.title')}>
        {notices.isError && <ErrorState error={notices.error} onRetry={() => void notices.refetch()} />}
        {notices.isPending && <Skeleton height={160} m="sm" />}
        {notices.data && <List list={notices.data} onClose={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function List({ list, onClose }: { list: NoticeList; onClose: () => void }) {
  const { t } = useTranslation('app');
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: (ids: number[] | undefined) =>
      sendJson<{ unread: number }>('POST', '/api/notices/read', ids ? { ids } : {}),
    onMutate: (ids) => client.setQueryData(noticesQuery.queryKey, (before) => before && withRead(before, ids)),
    onSettled: () => client.invalidateQueries({ queryKey: noticesQuery.queryKey }),
  });
  const markRead = (ids?: number[]) => carryOut(read, ids, { onError: showProblem });
  return (
    <>
      <Group className={classes.head} justify="space-between" wrap="nowrap">
        <Title order={2} fz="md">
          {t('notices.title')}
        </Title>
        <Button size="compact-sm" variant="default" disabled={list.unread === 0} onClick={() => markRead()}>
          {t('notices.readAll')}
        </Button>
      </Group>
      {list.items.length === 0 ? (
        <Text fz="sm" c="dimmed" p="md">
          {t('notices.none')}
        </Text>
      ) : (
        <ul className={classes.list}>
          {list.items.map((notice) => (
            <Line
              key={notice.id}
              notice={notice}
              onOpen={() => {
                if (notice.read_at === null) markRead([notice.id]);
                onClose();
              }}
            />
          ))}
        </ul>
      )}
    </>
  );
}

/** The list as it is once these (or all) were read. */
function withRead(list: NoticeList, ids: readonly number[] | undefined): NoticeList {
  const isRead = (notice: Notice) => ids === undefined || ids.includes(notice.id);
  const at = new Date().toISOString();
  const items = list.items.map((notice) => (isRead(notice) && !notice.read_at ? { ...notice, read_at: at } : notice));
  return { ...list, items, unread: ids === undefined ? 0 : Math.max(0, list.unread - ids.length) };
}

function Line({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const navigate = useNavigate();
  const open = () => {
    onOpen();
    if (notice.call !== null) void navigate({ to: '/cockpit', search: { scope: 'all', panel: String(notice.call) } });
    else if (notice.task !== null) void navigate({ to: '/cockpit', search: { room: 'tasks' } });
    else if (notice.account)
      void navigate({ to: '/accounts/$accountId', params: { accountId: String(notice.account.id) } });
  };
  return (
    <li>
      <UnstyledButton className={classes.line} data-unread={notice.read_at === null || undefined} onClick={open}>
        {notice.read_at === null && <span className="visually-hidden">{t('notices.isUnread')}</span>}
        <span>{notice.text[language]}</span>
        <Text fz="xs" c="dimmed" component="span" display="block">
          {notice.account && `${notice.account.name} · `}
          <InstantText value={notice.at} />
        </Text>
      </UnstyledButton>
    </li>
  );
}
