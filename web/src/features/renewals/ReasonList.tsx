import { ActionIcon, Badge, Button, Group, Menu, Skeleton, Switch, Text, VisuallyHidden } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RenewalReason, renewalReasonsQuery } from '../../api/renewal-reasons';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { MergeReasons } from './MergeReasons';
import { ReasonForm } from './ReasonForm';
import classes from './Renewals.module.css';
import { useReasonDeeds } from './use-reason-deeds';

type Opened = { form: 'add' } | { form: 'edit' | 'merge'; reason: RenewalReason };

/** Why customers leave or shrink, as people choose it at a renewal: most used first, retired ones on request. */
export function ReasonList() {
  const { t } = useTranslation('renewals');
  const mayDefine = useMayDefine();
  const { data, isError, error, refetch } = useQuery(renewalReasonsQuery);
  const [withRetired, setWithRetired] = useState(false);
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={320} />;
  const shown = data
    .filter(({ retired }) => withRetired || !retired)
    .toSorted((a, b) => Number(a.retired) - Number(b.retired) || b.uses - a.uses || a.key.localeCompare(b.key));
  return (
    <>
      <Group justify="space-between" gap="sm" mb={8}>
        <Switch
          size="xs"
          label={t('reasons.showRetired')}
          checked={withRetired}
          disabled={!data.some(({ retired }) => retired)}
          onChange={(event) => setWithRetired(event.currentTarget.checked)}
        />
        {mayDefine && (
          <Button
            size="xs"
            leftSection={<IconPlus size={15} stroke={1.6} />}
            onClick={() => setOpened({ form: 'add' })}
          >
            {t('reasons.add')}
          </Button>
        )}
      </Group>
      {shown.length === 0 ? (
        <EmptyState title={t('reasons.none')}>{t('reasons.noneHelp')}</EmptyState>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('reasons.title')}>
          <table className={classes.plain} data-narrow>
            <thead>
              <tr>
                <th>{t('reasons.name')}</th>
                <th>{t('reasons.appliesTo')}</th>
                <th data-right>{t('reasons.uses')}</th>
                {mayDefine && (
                  <th data-right>
                    <VisuallyHidden>{t('reasons.actions')}</VisuallyHidden>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {shown.map((reason) => (
                <ReasonLine
                  key={reason.key}
                  reason={reason}
                  onOpen={mayDefine ? (form) => setOpened({ form, reason }) : undefined}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened?.form === 'add' && <ReasonForm reasons={data} onClose={close} />}
      {opened?.form === 'edit' && <ReasonForm reason={opened.reason} reasons={data} onClose={close} />}
      {opened?.form === 'merge' && <MergeReasons reason={opened.reason} reasons={data} onClose={close} />}
    </>
  );
}

interface ReasonLineProps {
  reason: RenewalReason;
  onOpen?: (form: 'edit' | 'merge') => void;
}

function ReasonLine({ reason, onOpen }: ReasonLineProps) {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const other = language === 'ja' ? 'en' : 'ja';
  const format = useFormat();
  return (
    <tr data-retired={reason.retired || undefined}>
      <td>
        {reason.name[language]}
        {reason.retired && (
          <Badge size="sm" variant="default" ml={8}>
            {t('reasons.isRetired')}
          </Badge>
        )}
        <Text fz="xs" c="dimmed" lang={other}>
          {reason.name[other]}
        </Text>
        {reason.description && (
          <Text fz="xs" c="dimmed">
            {reason.description}
          </Text>
        )}
      </td>
      <td>{reason.applies_to.map((each) => t(`reasons.${each}`)).join(t('reasons.and'))}</td>
      <td data-right>{format.number(reason.uses)}</td>
      {onOpen && (
        <td data-right>
          <ReasonMenu reason={reason} onOpen={onOpen} />
        </td>
      )}
    </tr>
  );
}

function ReasonMenu({ reason, onOpen }: Required<ReasonLineProps>) {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const { takeOut, bringBack } = useReasonDeeds();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('reasons.actionsOf', { name: reason.name[language] })}
        >
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!reason.retired && <Menu.Item onClick={() => onOpen('edit')}>{t('reasons.edit')}</Menu.Item>}
        <Menu.Item onClick={() => onOpen('merge')}>{t('reasons.merge')}</Menu.Item>
        {reason.retired ? (
          <Menu.Item onClick={() => bringBack(reason)}>{t('reasons.restore')}</Menu.Item>
        ) : (
          <Menu.Item onClick={() => takeOut(reason)}>{t('reasons.retire')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
