import { Button, Group, Modal, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../api/people';
import { AccountSelect, type ChosenAccount } from '../../components/AccountSelect';
import { majorUnits, minorDigits } from '../../lib/format/money';
import { useLanguage, useViewer } from '../../lib/viewer';
import { type Win, winKinds } from './requests';
import { useWinDeeds } from './use-win-deeds';

/** Records a win, or changes one. */
export function WinDialog({ win, onClose }: { win?: Win; onClose: () => void }) {
  const { t } = useTranslation('wins');
  const language = useLanguage();
  const { bookDay, reportingCurrency, userId } = useViewer();
  const deeds = useWinDeeds();
  const { data: people = [] } = useQuery(peopleQuery);
  const [account, setAccount] = useState<ChosenAccount | null>(win?.account ?? null);
  const [kind, setKind] = useState<Win['kind']>(win?.kind ?? 'other');
  const [day, setDay] = useState(win?.day ?? bookDay);
  const [title, setTitle] = useState(win?.title[language] ?? '');
  const [story, setStory] = useState(win?.story ?? '');
  const [value, setValue] = useState<number | string>(win?.value ? majorUnits(win.value) : '');
  const [team, setTeam] = useState<string[]>(
    win ? win.people.flatMap(({ id }) => (id ? [String(id)] : [])) : [String(userId)],
  );
  const isReady = account !== null && title.trim() !== '';

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!account || !isReady) return;
    const said = {
      kind,
      day,
      story,
      value_minor: value === '' ? null : Math.round(Number(value) * 10 ** minorDigits(reportingCurrency)),
      people: team.map(Number),
      // The words that were found stay in both languages where nobody changed them.
      ...(title.trim() !== win?.title[language] && { title: title.trim() }),
    };
    if (win) deeds.change(win, said, onClose);
    else deeds.record({ ...said, title: title.trim(), account_id: account.id }, onClose);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(win ? 'change' : 'record')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={save}>
        <Stack gap="sm">
          {!win && <AccountSelect label={t('form.account')} value={account} onChange={setAccount} />}
          <TextInput
            label={t('form.title')}
            placeholder={t('form.titleExample')}
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Group grow>
            <Select
              label={t('form.kind')}
              allowDeselect={false}
              value={kind}
              data={winKinds.map((each) => ({ value: each, label: t(`kind.${each}`) }))}
              onChange={(chosen) => setKind(winKinds.find((each) => each === chosen) ?? 'other')}
            />
            <DateInput
              label={t('form.day')}
              value={day}
              maxDate={bookDay}
              valueFormat="YYYY-MM-DD"
              onChange={(chosen) => chosen && setDay(chosen)}
            />
          </Group>
          <Textarea
            label={t('form.story')}
            placeholder={t('form.storyExample')}
            autosize
            minRows={3}
            maxLength={4000}
            value={story}
            onChange={(event) => setStory(event.currentTarget.value)}
          />
          <NumberInput
            label={t('form.value', { currency: reportingCurrency })}
            min={0}
            thousandSeparator=","
            value={value}
            onChange={setValue}
          />
          <MultiSelect
            label={t('form.people')}
            searchable
            maxValues={20}
            value={team}
            data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={setTeam}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={deeds.isBusy}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
