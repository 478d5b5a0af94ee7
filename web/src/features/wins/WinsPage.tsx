import { Button, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useMayDefine, useMayEdit } from '../../lib/viewer';
import { Feed } from './Feed';
import { Rules } from './Rules';
import { ScoreboardRoom } from './ScoreboardRoom';
import { rooms } from './search';
import { WinDialog } from './WinDialog';

const route = getRouteApi('/_shell/wins');

/** Successes with customers, for everybody; a scoreboard of customers' outcomes; and from what wins are made. */
export function WinsPage() {
  const { t } = useTranslation('wins');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayEdit = useMayEdit();
  const mayDefine = useMayDefine();
  const [isRecording, recording] = useDisclosure(false);
  const open = rooms.filter((room) => room === 'feed' || (room === 'scoreboard' ? mayEdit : mayDefine));
  const room = open.find((each) => each === search.room) ?? 'feed';
  return (
    <Page narrow={room !== 'scoreboard'}>
      <PageHeader
        title={t('title')}
        subtitle={t(`room.${room}Help`)}
        actions={
          mayEdit && (
            <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={recording.open}>
              {t('record')}
            </Button>
          )
        }
      />
      {open.length > 1 && (
        <SegmentedControl
          mb="sm"
          size="xs"
          aria-label={t('room.label')}
          value={room}
          onChange={(value) => void navigate({ search: { ...search, room: rooms.find((each) => each === value) } })}
          data={open.map((value) => ({ value, label: t(`room.${value}`) }))}
        />
      )}
      {room === 'feed' && <Feed onRecord={mayEdit ? recording.open : undefined} />}
      {room === 'scoreboard' && <ScoreboardRoom />}
      {room === 'rules' && <Rules />}
      {isRecording && <WinDialog onClose={recording.close} />}
    </Page>
  );
}
