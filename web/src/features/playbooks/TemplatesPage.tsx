import { Anchor, Button, Group, Modal, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { Outline } from './editor/Outline';
import { templatesQuery, usePlaybookDeeds } from './requests';
import type { PlaybookTemplate } from './types';
import { useStartWords } from './use-start-words';
import { withDefaults } from './tidy';
import classes from './Playbooks.module.css';

/** Playbooks for the usual cases, to be taken over and adjusted. */
export function TemplatesPage() {
  const { t } = useTranslation('playbooks');
  const templates = useQuery(templatesQuery);
  return (
    <Page>
      <PageHeader
        title={t('templates.title')}
        subtitle={t('templates.intro')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/playbooks" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      {templates.isPending && <Skeleton height={400} />}
      {templates.isError && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
      <div className={classes.gallery}>
        {templates.data?.items.map((template) => (
          <Card key={template.key} template={template} />
        ))}
      </div>
    </Page>
  );
}

function Card({ template }: { template: PlaybookTemplate }) {
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const nameId = useId();
  const [isShown, setShown] = useState(false);
  const startWords = useStartWords();
  return (
    <article className={classes.card} aria-labelledby={nameId}>
      <div>
        <Text fz="xs" c="dimmed">
          {t(`purpose.${template.purpose as 'risk'}`)}
        </Text>
        <Title order={2} id={nameId}>
          {template.name[language]}
        </Title>
      </div>
      <Text fz="sm" className="phrases">
        {template.description[language]}
      </Text>
      <Text fz="xs" c="dimmed">
        {t('templates.steps', {
          count: template.body.steps.length,
          formatted: format.number(template.body.steps.length),
          start: startWords(template.body.start),
        })}
        {template.needs.length > 0 && ` · ${t('templates.mails', { count: template.needs.length })}`}
      </Text>
      <Group gap={8} mt="auto">
        <Button size="xs" variant="default" onClick={() => setShown(true)}>
          {t('templates.look')}
        </Button>
        {template.exists ? (
          <Button
            size="xs"
            variant="subtle"
            renderRoot={(props) => <Link to="/playbooks/$key" params={{ key: template.key }} {...props} />}
          >
            {t('templates.exists')}
          </Button>
        ) : (
          mayDefine && <Add template={template} />
        )}
      </Group>
      <Modal
        opened={isShown}
        onClose={() => setShown(false)}
        size="xl"
        title={template.name[language]}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {isShown && (
          <Outline
            steps={withDefaults(template.body).steps}
            label={template.name[language]}
            startWords={startWords(template.body.start)}
          />
        )}
      </Modal>
    </article>
  );
}

function Add({ template }: { template: PlaybookTemplate }) {
  const { t } = useTranslation('playbooks');
  const navigate = useNavigate();
  const { addTemplates } = usePlaybookDeeds();
  const add = () =>
    carryOut(addTemplates, [template.key], {
      onSuccess: () => {
        showToast(t('templates.added'));
        void navigate({ to: '/playbooks/$key', params: { key: template.key } });
      },
      onError: showProblem,
    });
  return (
    <Button size="xs" onClick={add} loading={addTemplates.isPending}>
      {t('templates.add')}
    </Button>
  );
}
