import { Anchor, Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionQuery, useDefinitionDeeds, type Definition } from '../../api/definitions';
import { DraftBar } from '../../components/definitions/DraftBar';
import { Versions } from '../../components/definitions/Versions';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { cleaned, isComplete } from './edit';
import { MessageForm } from './MessageForm';
import { messagesQuery } from './requests';
import type { MessageBody } from './types';

const route = getRouteApi('/_shell/in-app/$key');

/** One message: edited as a draft, published, and its versions. */
export function MessagePage() {
  const { t } = useTranslation('in-app');
  const language = useLanguage();
  const { key } = route.useParams();
  const definition = useQuery(definitionQuery<MessageBody>('in_app_message', key));
  return (
    <Page>
      {definition.isPending && <Skeleton height={320} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && (
        <>
          <PageHeader
            title={definition.data.name[language]}
            breadcrumb={
              <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/in-app" {...props} />}>
                {t('title')}
              </Anchor>
            }
          />
          <Editor key={`${definition.data.updated_at} ${definition.data.draft}`} definition={definition.data} />
        </>
      )}
    </Page>
  );
}

function Editor({ definition }: { definition: Definition<MessageBody> }) {
  const { t } = useTranslation('in-app');
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<MessageBody>('in_app_message', definition.key);
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(saved) !== JSON.stringify(body);
  const save = () =>
    carryOut(saveDraft, cleaned(body), {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: messagesQuery.queryKey });
        showToast(t('saved'));
      },
    });
  return (
    <Stack gap="lg">
      <DraftBar definition={definition} isChanged={isChanged} />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <MessageForm body={body} onChange={setBody} readOnly={!mayDefine} />
      {mayDefine && (
        <Group gap={8}>
          <Button onClick={save} disabled={!isChanged || !isComplete(body)} loading={saveDraft.isPending}>
            {t('save')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setBody(saved)}>
              {t('revert')}
            </Button>
          )}
        </Group>
      )}
      <Versions kind="in_app_message" name={definition.key} current={definition.version} />
    </Stack>
  );
}
