import { Anchor, Badge, Button, Group, Menu, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconEye, IconLock, IconLockOpen, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  accountPortalQuery,
  parts,
  useInvite,
  useResend,
  useSetDisabled,
  useViewAs,
  type AccountPortal,
  type PortalPerson,
} from '../../../api/portal';
import { PortalAudit } from '../../../components/customer-portal/PortalAudit';
import { PortalDocuments } from '../../../components/customer-portal/PortalDocuments';
import { ErrorState } from '../../../components/ErrorState';
import { InstantText } from '../../../components/InstantText';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import { isPresent } from '../contacts/importance';
import { Panel } from '../Panel';
import { contactsQuery, type Subject } from '../requests';
import tables from '../Tables.module.css';
import { useCanEdit } from '../use-subject';
import { stateOf } from './person-state';

/** The customer's own view, as far as it is this account's: what is shared, who is invited, documents, who did what. */
export function PortalPanel({ subject }: { subject: Subject }) {
  const { t } = useTranslation('customer-portal');
  const canEdit = useCanEdit();
  const portal = useQuery(accountPortalQuery(subject.id));
  // It knows only today: invitations and rules have no past to look at.
  if (subject.asOf !== undefined) return null;
  return (
    <Panel title={t('title')}>
      {portal.isPending && <Skeleton height={120} />}
      {portal.isError && <ErrorState error={portal.error} onRetry={() => void portal.refetch()} />}
      {portal.data && (
        <Stack gap="md">
          <Shared portal={portal.data} />
          <People subject={subject} portal={portal.data} canEdit={canEdit} />
          <section aria-label={t('account.documents')}>
            <Text fz="sm" fw={600} mb={6}>
              {t('account.documents')}
            </Text>
            <PortalDocuments account={subject.id} mayAdd={canEdit} />
          </section>
          <Audit account={subject.id} />
        </Stack>
      )}
    </Panel>
  );
}

function Shared({ portal: { sharing, consent, is_reachable } }: { portal: AccountPortal }) {
  const { t } = useTranslation('customer-portal');
  const language = useLanguage();
  const shown = sharing ? parts.filter((part) => sharing.shows[part]) : [];
  return (
    <div>
      <Text fz="sm">
        {sharing ? t('account.rule', { name: sharing.name[language] }) : t('account.noRule')}{' '}
        <Anchor fz="sm" renderRoot={(props) => <Link to="/settings/portal" search={{ tab: 'sharing' }} {...props} />}>
          {t('account.toRules')}
        </Anchor>
      </Text>
      {sharing && (
        <Text fz="xs" c="dimmed">
          {shown.map((part) => t(`part.${part}`)).join(language === 'ja' ? '、' : ', ') || t('account.nothingShown')}
        </Text>
      )}
      {sharing?.shows.health && consent.is_needed && (
        <Text fz="xs" c="dimmed">
          {consent.given ? t('account.consentGiven', { by: consent.by }) : t('account.consentNeeded')}
        </Text>
      )}
      {!is_reachable && (
        <Text fz="sm" c="red" mt={4}>
          {t('account.unreachable')}
        </Text>
      )}
    </div>
  );
}

interface PeopleProps {
  subject: Subject;
  portal: AccountPortal;
  canEdit: boolean;
}

function People({ subject, portal, canEdit }: PeopleProps) {
  const { t } = useTranslation('customer-portal');
  return (
    <section aria-label={t('account.people')}>
      <Text fz="sm" fw={600} mb={6}>
        {t('account.people')}
      </Text>
      {portal.people.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('account.nobody')}
        </Text>
      ) : (
        <table className={tables.records} aria-label={t('account.people')}>
          <thead>
            <tr>
              <th scope="col">{t('account.name')}</th>
              <th scope="col">{t('account.state')}</th>
              <th scope="col">{t('account.lastSeen')}</th>
              {canEdit && (
                <th scope="col">
                  <span className="visually-hidden">{t('account.actions', { name: '' })}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {portal.people.map((person) => (
              <PersonRow key={person.contact_id} account={subject.id} person={person} canEdit={canEdit} />
            ))}
          </tbody>
        </table>
      )}
      {canEdit && portal.is_reachable && <Invite subject={subject} invited={portal.people} />}
    </section>
  );
}

function PersonRow({ account, person, canEdit }: { account: string; person: PortalPerson; canEdit: boolean }) {
  const { t } = useTranslation('customer-portal');
  const language = useLanguage();
  // A link ends after days: the moment at which the row came is exact enough.
  const [now_ms] = useState(() => Date.now());
  const state = stateOf(person, now_ms);
  return (
    <tr>
      <td data-label={t('account.name')}>
        {person.name}
        <Text fz="xs" c="dimmed">
          {person.email}
        </Text>
      </td>
      <td data-label={t('account.state')}>
        <Badge>{t(`account.${state}`)}</Badge>
        {person.mail_reason && (
          <Text fz="xs" c="red">
            {person.mail_reason[language]}
          </Text>
        )}
      </td>
      <td data-label={t('account.lastSeen')}>
        {person.last_seen_at ? <InstantText value={person.last_seen_at} /> : t('account.never')}
      </td>
      {canEdit && (
        <td>
          <PersonMenu account={account} person={person} />
        </td>
      )}
    </tr>
  );
}

function PersonMenu({ account, person }: { account: string; person: PortalPerson }) {
  const { t } = useTranslation('customer-portal');
  const resend = useResend(account);
  const setDisabled = useSetDisabled(account);
  const viewAs = useViewAs(account);
  const { contact_id: contact, name, disabled } = person;
  const view = () => {
    // Opened at once, since a browser keeps back what opens after the answer.
    const tab = window.open('', '_blank');
    carryOut(viewAs, contact, {
      onSuccess: ({ url }) => {
        if (tab) tab.location.assign(new URL(url, location.origin));
        else location.assign(url);
        showToast(t('account.viewing', { name }));
      },
      onError: (error) => {
        tab?.close();
        showProblem(error);
      },
    });
  };
  const set = (next: boolean) =>
    carryOut(
      setDisabled,
      { contact, disabled: next },
      {
        onSuccess: () =>
          showToast(next ? t('account.disabledTold', { name }) : t('account.enabledTold', { name }), () =>
            carryOut(setDisabled, { contact, disabled: !next }, { onError: showProblem }),
          ),
        onError: showProblem,
      },
    );
  const again = () =>
    carryOut(resend, contact, { onSuccess: () => showToast(t('account.resent', { name })), onError: showProblem });
  return (
    <Group gap={8} justify="flex-end" wrap="nowrap">
      <Menu>
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="default"
            loading={viewAs.isPending || resend.isPending || setDisabled.isPending}
            aria-label={t('account.actions', { name })}
            rightSection={<IconChevronDown size={14} stroke={1.8} />}
          >
            <IconEye size={14} stroke={1.6} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEye size={15} stroke={1.6} />} disabled={disabled} onClick={view}>
            {t('account.viewAs')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSend size={15} stroke={1.6} />} disabled={disabled} onClick={again}>
            {t('account.resend')}
          </Menu.Item>
          <Menu.Item
            leftSection={disabled ? <IconLockOpen size={15} stroke={1.6} /> : <IconLock size={15} stroke={1.6} />}
            onClick={() => set(!disabled)}
          >
            {disabled ? t('account.enable') : t('account.disable')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function Invite({ subject, invited }: { subject: Subject; invited: readonly PortalPerson[] }) {
  const { t } = useTranslation('customer-portal');
  const { data: contacts } = useQuery(contactsQuery(subject));
  const [chosen, setChosen] = useState<string | null>(null);
  const invite = useInvite(subject.id);
  const free = (contacts ?? []).filter(
    (contact) => isPresent(contact) && contact.email && !invited.some(({ contact_id }) => contact_id === contact.id),
  );
  if (!contacts) return null;
  if (free.length === 0) {
    return (
      <Text fz="xs" c="dimmed" mt={6}>
        {t('account.everybodyInvited')}
      </Text>
    );
  }
  const send = () => {
    const person = free.find(({ id }) => String(id) === chosen);
    if (!person) return;
    carryOut(invite, person.id, {
      onSuccess: () => {
        showToast(t('account.invited', { name: person.name }));
        setChosen(null);
      },
      onError: showProblem,
    });
  };
  return (
    <Group gap={8} align="flex-end" mt={8}>
      <Select
        label={t('account.inviteWho')}
        size="xs"
        w={260}
        searchable
        data={free.map(({ id, name, email }) => ({ value: String(id), label: `${name} (${email})` }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button size="xs" disabled={chosen === null} loading={invite.isPending} onClick={send}>
        {t('account.invite')}
      </Button>
    </Group>
  );
}

function Audit({ account }: { account: string }) {
  const { t } = useTranslation('customer-portal');
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <PortalAudit account={account} />
  ) : (
    <div>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t('account.audit')}
      </Button>
    </div>
  );
}
