import { ActionIcon, Anchor, Badge, Button, Group, Menu, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconHeart, IconHeartFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { DateText } from '../../components/DateText';
import { Money } from '../../components/Money';
import { useLanguage, useMayEdit } from '../../lib/viewer';
import type { Win } from './requests';
import { useWinDeeds } from './use-win-deeds';
import { WinDialog } from './WinDialog';

/** One success: what, for whom, who took part, and thanks. */
export function WinCard({ win }: { win: Win }) {
  const { t } = useTranslation('wins');
  const language = useLanguage();
  const people = win.people.map(({ name }) => name).filter(Boolean);
  return (
    <Paper withBorder p="sm" component="article" aria-label={`${win.account.name}: ${win.title[language]}`}>
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap={8}>
            <Badge variant="light" style={{ flexShrink: 0 }}>
              {t(`kind.${win.kind}`)}
            </Badge>
            <Anchor
              fw={500}
              renderRoot={(props) => <Link to="/accounts/$id" params={{ id: String(win.account.id) }} {...props} />}
            >
              {win.account.name}
            </Anchor>
            <Text fz="sm" c="dimmed" component="span">
              <DateText value={win.day} form="absolute" />
            </Text>
          </Group>
          {win.may_change && <WinMenu win={win} />}
        </Group>
        <Group justify="space-between" gap="sm" align="baseline">
          <Text fw={600}>{win.title[language]}</Text>
          {win.value && (
            <Text component="span" fw={600}>
              <Money value={win.value} />
            </Text>
          )}
        </Group>
        {win.story && (
          <Text fz="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {win.story}
          </Text>
        )}
        {win.evidence.length > 0 && (
          <Text fz="sm" c="dimmed" className="phrases">
            {win.evidence.map(({ words }) => words[language]).join(' · ')}
          </Text>
        )}
        <Group justify="space-between" gap="sm">
          <Text fz="sm" c="dimmed">
            {people.length > 0 && t('by', { people: people.join(t('and')) })}
            {win.automatic && `${people.length > 0 ? ' · ' : ''}${t('automatic')}`}
          </Text>
          <ThanksButton win={win} />
        </Group>
      </Stack>
    </Paper>
  );
}

function ThanksButton({ win }: { win: Win }) {
  const { t } = useTranslation('wins');
  const { thank } = useWinDeeds();
  const mayEdit = useMayEdit();
  const Heart = win.thanked_by_me ? IconHeartFilled : IconHeart;
  const names = win.thanked_by.map(({ name }) => name).join(t('and'));
  return (
    <Button
      size="compact-sm"
      variant={win.thanked_by_me ? 'light' : 'default'}
      leftSection={<Heart size={14} aria-hidden />}
      aria-pressed={win.thanked_by_me}
      disabled={!mayEdit}
      title={names}
      onClick={() => thank(win, !win.thanked_by_me)}
    >
      {t('thanks', { count: win.thanks })}
    </Button>
  );
}

function WinMenu({ win }: { win: Win }) {
  const { t } = useTranslation('wins');
  const { remove } = useWinDeeds();
  const [isChanging, changing] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('menu', { name: win.account.name })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={changing.open}>{t('change')}</Menu.Item>
          <Menu.Item
            color="red"
            onClick={() =>
              confirm({
                title: t('removeTitle'),
                children: t('removeHelp'),
                confirmLabel: t('remove'),
                danger: true,
                onConfirm: () => remove(win),
              })
            }
          >
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChanging && <WinDialog win={win} onClose={changing.close} />}
    </>
  );
}
